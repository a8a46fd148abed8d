import { defineScene } from '@engram/scene-kit';
import { description } from './description.ts';
import { schema } from './experiment.ts';
import { SleepScene } from './sleep.tsx';

export const scene = defineScene({ ...description, state: schema, Component: SleepScene });
