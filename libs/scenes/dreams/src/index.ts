import { defineScene } from '@engram/scene-kit';
import { description } from './description.ts';
import { Dreams } from './dreams.tsx';
import { schema } from './experiment.ts';

export const scene = defineScene({ ...description, state: schema, Component: Dreams });
