import { defineScene } from '@engram/scene-kit';
import { Attention } from './attention.tsx';
import { description } from './description.ts';
import { schema } from './experiment.ts';

export const scene = defineScene({ ...description, state: schema, Component: Attention });
