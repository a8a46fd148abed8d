import { defineScene } from '@engram/scene-kit';
import { description } from './description.ts';
import { schema } from './experiment.ts';
import { LittleReplay } from './little-replay.tsx';

export const scene = defineScene({ ...description, state: schema, Component: LittleReplay });
