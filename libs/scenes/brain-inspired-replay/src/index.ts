import { defineScene } from '@engram/scene-kit';
import { BrainInspiredReplay } from './brain-inspired-replay.tsx';
import { description } from './description.ts';
import { schema } from './experiment.ts';

export const scene = defineScene({ ...description, state: schema, Component: BrainInspiredReplay });
