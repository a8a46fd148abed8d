import { defineScene } from '@engram/scene-kit';
import { BuildABrain } from './build-a-brain.tsx';
import { description } from './description.ts';
import { schema } from './experiment.ts';

export const scene = defineScene({ ...description, state: schema, Component: BuildABrain });
