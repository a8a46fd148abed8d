import { loadEmbedded, splitTasks } from '@engram/datasets';
import { createRng } from '@engram/random';
import { expect, it } from 'vitest';
import { cumulativeBatches, jointBatches, sequentialBatches } from './batches.ts';

const stream = splitTasks(await loadEmbedded('digits'), {
  tasks: 5,
  scenario: 'class',
  heads: 'multi',
  activeClasses: 'all',
  classOrder: 'natural',
  rng: createRng(0),
});

it('a pass over a task meets each example at most once, and every pass is another order', () => {
  const batches = sequentialBatches(stream, 20, createRng(1));
  const count = stream.tasks[1]?.train.count ?? 0;
  const perPass = Math.floor(count / 20);
  const pass = (n: number): number[] =>
    Array.from({ length: perPass }, (_, i) => batches(1, n * perPass + i)).flatMap((list) => [
      ...(list[0]?.rows ?? []),
    ]);
  expect(new Set(pass(0)).size).toBe(perPass * 20);
  expect(pass(0)).not.toEqual(pass(1));
  // any batch can be had without those before it
  expect(sequentialBatches(stream, 20, createRng(1))(1, perPass + 3)[0]?.rows).toEqual(
    batches(1, perPass + 3)[0]?.rows,
  );
});

it('joint batches mix all tasks in equal parts, and use every example before any comes again', () => {
  const batches = jointBatches(stream, 20, 100, createRng(1));
  for (const iteration of [0, 7, 99]) {
    const parts = batches(2, iteration);
    expect(parts.map(({ task }) => task)).toEqual([0, 1, 2, 3, 4]);
    expect(parts.map(({ rows }) => rows.length)).toEqual([4, 4, 4, 4, 4]);
  }
  const count = stream.tasks[3]?.train.count ?? 0;
  const rows = Array.from({ length: Math.floor(count / 4) }, (_, i) => batches(0, i)[3]).flatMap((batch) => [
    ...(batch?.rows ?? []),
  ]);
  expect(new Set(rows).size).toBe(rows.length);
});

it('cumulative batches mix the tasks so far in equal parts', () => {
  const batches = cumulativeBatches(stream, 20, createRng(1));
  expect(batches(0, 3).map(({ task, rows }) => [task, rows.length])).toEqual([[0, 20]]);
  expect(batches(3, 7).map(({ task, rows }) => [task, rows.length])).toEqual([0, 1, 2, 3].map((task) => [task, 5]));
  const count = stream.tasks[1]?.train.count ?? 0;
  const rows = Array.from({ length: Math.floor(count / 10) }, (_, i) => batches(1, i)[1]).flatMap((batch) => [
    ...(batch?.rows ?? []),
  ]);
  expect(new Set(rows).size).toBe(rows.length);
});
