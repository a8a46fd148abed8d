import { defineScene } from '@engram/scene-kit';
import { description } from './description.ts';
import { schema } from './experiment.ts';
import { HarderPictures } from './harder-pictures.tsx';

export const scene = defineScene({ ...description, state: schema, Component: HarderPictures });
