import { expect, it } from 'vitest';
import { crossover, curveOf, onlyTheLast } from './curves.ts';

it('averages over the tasks learned so far', () => {
  expect(
    curveOf([
      [0.1, 0.1],
      [0.9, 0.1],
      [0.5, 0.7],
    ]),
  ).toEqual([0.9, 0.6]);
});

it('says what is left when only the last task is', () => {
  expect(onlyTheLast(1)).toBe(1);
  // (1 + 9 · 0.1) / 10
  expect(onlyTheLast(10)).toBeCloseTo(0.19, 12);
});

it('finds where one curve overtakes another for good', () => {
  expect(crossover([1, 5, 2, 4, 4], [3, 3, 3, 3, 3])).toBe(4);
  expect(crossover([1, 1], [2, 2])).toBeNull();
  expect(crossover([3, 3], [2, 2])).toBeNull();
});
