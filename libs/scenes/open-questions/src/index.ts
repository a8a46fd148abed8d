import { defineScene } from '@engram/scene-kit';
import { description } from './description.ts';
import { OpenQuestions } from './open-questions.tsx';
import { schema } from './questions.ts';

export const scene = defineScene({ ...description, state: schema, Component: OpenQuestions });
