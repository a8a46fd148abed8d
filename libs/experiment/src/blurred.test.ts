import { loadEmbedded, splitTasks } from '@engram/datasets';
import { createRng } from '@engram/random';
import { expect, it } from 'vitest';
import { blurredBatches, periodExamples } from './blurred.ts';

const stream = splitTasks(await loadEmbedded('digits'), {
  tasks: 5,
  scenario: 'class',
  heads: 'multi',
  activeClasses: 'all',
  classOrder: 'natural',
  rng: createRng(0),
});
const blurred = (boundaries: Parameters<typeof blurredBatches>[1]['boundaries']) =>
  blurredBatches(stream, { batchSize: 400, iterations: 10, boundaries, rng: createRng(1) });
const shares = (batches: ReturnType<typeof blurred>, period: number, iteration: number): number[] => {
  const counts = [0, 0, 0, 0, 0];
  for (const { task, rows } of batches(period, iteration)) counts[task] = rows.length / 400;
  return counts;
};

it('tasks fade into each other around a fuzzy boundary, and into nothing at the ends', () => {
  const batches = blurred({ kind: 'fuzzy', width: 0.5 });
  expect(shares(batches, 1, 5)).toEqual([0, 1, 0, 0, 0]); // the middle of the second task
  const [before = 0, after = 0] = shares(batches, 1, 0); // just at its beginning: half and half
  expect(before).toBeGreaterThan(0.4);
  expect(before + after).toBe(1);
  // 1.9 ± 0.25: the last 0.15 of 0.5 are the third task's
  expect(shares(batches, 1, 9)[2]).toBeGreaterThan(0.2);
  expect(shares(batches, 1, 9)[2]).toBeLessThan(0.4);
  expect(shares(batches, 0, 0)).toEqual([1, 0, 0, 0, 0]);
  expect(batches(1, 9)).toEqual(blurred({ kind: 'fuzzy', width: 0.5 })(1, 9));
});

it('at random every step has all tasks', () => {
  for (const share of shares(blurred({ kind: 'random' }), 3, 2)) expect(Math.abs(share - 0.2)).toBeLessThan(0.08);
});

it('a period ends with the rows that were met in it', () => {
  const batches = blurred({ kind: 'fuzzy', width: 0.5 });
  const examples = periodExamples(batches, 2, 10);
  expect(examples.count).toBe(4000);
  const labels = new Set(examples.batch(Int32Array.from({ length: 4000 }, (_, i) => i)).labels);
  expect([...labels].sort()).toEqual([2, 3, 4, 5, 6, 7]);
});
