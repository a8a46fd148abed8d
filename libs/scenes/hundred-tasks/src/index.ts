import { defineScene } from '@engram/scene-kit';
import { description } from './description.ts';
import { schema } from './experiment.ts';
import { HundredTasks } from './hundred-tasks.tsx';

export const scene = defineScene({ ...description, state: schema, Component: HundredTasks });
