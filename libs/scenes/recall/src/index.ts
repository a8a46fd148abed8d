import { defineScene } from '@engram/scene-kit';
import { description } from './description.ts';
import { Recall } from './recall.tsx';
import { schema } from './state.ts';

export const scene = defineScene({ ...description, state: schema, Component: Recall });
