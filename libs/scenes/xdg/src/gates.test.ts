import { expect, it } from 'vitest';
import { expectedOverlap, meanOfPairs, overlap, rolledMask, updateOverlap } from './gates.ts';

it('closes the stated number of units, the same ones for the same seed and task', () => {
  const mask = rolledMask(1, 0.8, 100, 3);
  expect(mask.filter(Boolean)).toHaveLength(20);
  expect(rolledMask(1, 0.8, 100, 3)).toEqual(mask);
  expect(rolledMask(1, 0.8, 100, 4)).not.toEqual(mask);
});

it('overlaps by about (1 − g)²', () => {
  for (const gated of [0, 0.3, 0.5, 0.8, 0.9]) {
    const masks = Array.from({ length: 20 }, (_, task) => rolledMask(7, gated, 100, task));
    const mean = meanOfPairs(masks.map((a) => masks.map((b) => overlap(a, b))));
    expect(Math.abs((mean ?? 9) - expectedOverlap(gated)), `gated ${gated}`).toBeLessThan(0.03);
  }
});

it('counts units that are open in both', () => {
  expect(overlap([true, true, false, false], [true, false, true, false])).toBe(0.25);
});

it('measures whether two updates fall on the same weights', () => {
  const update = Float32Array.from([3, -4, 0, 0]);
  expect(updateOverlap(update, Float32Array.from([-6, 8, 0, 0]))).toBeCloseTo(1, 12);
  expect(updateOverlap(update, Float32Array.from([0, 0, 1, 1]))).toBe(0);
  // (3 · 4 + 4 · 3) / (5 · 5)
  expect(updateOverlap(update, Float32Array.from([4, 3, 0, 0]))).toBeCloseTo(24 / 25, 12);
  expect(updateOverlap(update, new Float32Array(4))).toBe(0);
});

it('averages over pairs', () => {
  expect(
    meanOfPairs([
      [1, 0.2, 0.4],
      [0.2, 1, 0.6],
      [0.4, 0.6, 1],
    ]),
  ).toBeCloseTo(0.4, 12);
  expect(meanOfPairs([[1]])).toBeNull();
});
