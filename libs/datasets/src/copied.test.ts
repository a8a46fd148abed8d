import { createRng } from '@engram/random';
import { expect, it } from 'vitest';
import { copyRows, examplesOf, withTaskInput } from './copied.ts';
import { loadEmbedded } from './embedded.ts';
import { splitTasks } from './split.ts';

const batch = {
  source: Uint8Array.of(1, 2, 3, 4, 5, 6),
  rowLength: 3,
  rows: Int32Array.of(1, 0),
  scale: 0.5,
  labels: Int32Array.of(7, 8),
  task: 2,
};

it('copies rows as they are read, permuted and padded', () => {
  expect([...copyRows(batch)]).toEqual([4, 5, 6, 1, 2, 3]);
  expect([...copyRows({ ...batch, permutation: Int32Array.of(2, -1, 0, 1) })]).toEqual([6, 0, 4, 5, 3, 0, 1, 2]);
});

it('makes examples out of the rows of several batches', () => {
  const examples = examplesOf([batch, { ...batch, rows: Int32Array.of(1), labels: Int32Array.of(9) }], 4);
  expect(examples.count).toBe(3);
  const read = examples.batch(Int32Array.of(2, 1));
  expect([...copyRows(read)]).toEqual([4, 5, 6, 1, 2, 3]);
  expect([...read.labels]).toEqual([9, 8]);
  expect(read.task).toBe(4);
});

it('tells the task as one more input each', async () => {
  const plain = splitTasks(await loadEmbedded('digits'), {
    tasks: 5,
    scenario: 'task',
    heads: 'multi',
    activeClasses: 'all',
    classOrder: 'natural',
    rng: createRng(0),
  });
  const told = withTaskInput(plain);
  expect(told.inputSize).toBe(69);
  const positions = Int32Array.of(3, 0);
  const [before, after] = [plain, told].map((stream) => stream.tasks[3]?.train.batch(positions));
  if (before === undefined || after === undefined) throw new Error('no task');
  const rows = copyRows(before);
  expect([...copyRows(after)]).toEqual([...rows.slice(0, 64), 0, 0, 0, 16, 0, ...rows.slice(64), 0, 0, 0, 16, 0]);
  expect(after.labels).toEqual(before.labels);
});
