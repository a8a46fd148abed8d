import { useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { createRng } from '@engram/random';
import { beforeAll, expect, it } from 'vitest';
import { lesioned } from './lesion.ts';
import type { Lesion } from './lesion.ts';
import { valuesOf } from './testing.ts';

beforeAll(async () => {
  await useEngine('cpu');
});

const params = () => ({
  kernel0: tf.tensor2d([
    [1, 2],
    [3, 4],
  ]),
  bias0: tf.tensor1d([5, 6]),
  kernel1: tf.tensor2d([[7], [8]]),
});
const importance = () => ({
  kernel0: tf.tensor2d([
    [9, 1],
    [0, 2],
  ]),
  bias0: tf.tensor1d([0, 3]),
  kernel1: tf.tensor2d([[8], [7]]),
});
const damaged = (lesion: Lesion): number[] => valuesOf(lesioned(params(), importance(), lesion, createRng(1)));

it('hits the most or the least important weights, and leaves the others', () => {
  // importances 9 1 0 2 | 0 3 | 8 7: half of eight
  expect(damaged({ target: 'weights', which: 'most-important', share: 0.5 })).toEqual([0, 2, 3, 4, 5, 0, 0, 0]);
  expect(damaged({ target: 'weights', which: 'least-important', share: 0.5 })).toEqual([1, 0, 0, 0, 0, 6, 7, 8]);
  const decayed = damaged({ target: 'weights', which: 'most-important', share: 0.25, remaining: 0.5 });
  expect(decayed).toEqual([0.5, 2, 3, 4, 5, 6, 3.5, 8]);
});

it('a unit falls silent with its incoming weights and its bias', () => {
  // units: 9 + 0 + 0 and 1 + 2 + 3
  expect(damaged({ target: 'units', which: 'most-important', share: 0.5 })).toEqual([0, 2, 0, 4, 0, 6, 7, 8]);
  expect(damaged({ target: 'units', which: 'least-important', share: 0.5 })).toEqual([1, 0, 3, 0, 5, 0, 7, 8]);
});

it('hits as many at random, the same with the same seed, and refuses a share that is none', () => {
  const found = damaged({ target: 'weights', which: 'random', share: 0.375 });
  expect(found.filter((value) => value === 0)).toHaveLength(3);
  expect(damaged({ target: 'weights', which: 'random', share: 0.375 })).toEqual(found);
  expect(damaged({ target: 'weights', which: 'random', share: 0 })).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(() => damaged({ target: 'weights', which: 'random', share: 2 })).toThrow(/between 0 and 1, got 2/);
});
