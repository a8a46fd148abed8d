import { defineScene } from '@engram/scene-kit';
import { description } from './description.ts';
import { schema } from './experiment.ts';
import { Xdg } from './xdg.tsx';

export const scene = defineScene({ ...description, state: schema, Component: Xdg });
