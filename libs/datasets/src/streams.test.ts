import { createRng } from '@engram/random';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadEmbedded } from './embedded.ts';
import { permutedTasks, rotatedTasks, splitTasks } from './index.ts';
import type { Batch, Dataset, Scenario } from './index.ts';

let digits: Dataset;
beforeAll(async () => {
  digits = await loadEmbedded('digits');
});

const options = { heads: 'multi', activeClasses: 'all' } as const;
const positions = Int32Array.of(0, 1, 2, 3, 4, 5);

/** A batch's rows as the network sees them, unscaled. */
const rowsOf = ({ source, rows, rowLength, permutation }: Batch): number[][] =>
  [...rows].map((row) => {
    const values = [...source.subarray(row * rowLength, (row + 1) * rowLength)];
    return permutation === undefined ? values : [...permutation].map((from) => (from < 0 ? 0 : (values[from] ?? NaN)));
  });

describe('embedded data', () => {
  it('holds the digits and the MNIST subset, with their known labels', async () => {
    const mnist = await loadEmbedded('mnist');
    expect([mnist.train.count, mnist.test.count, digits.train.count, digits.test.count]).toEqual([
      10_000, 2_000, 1_437, 360,
    ]);
    expect([...mnist.train.labels.slice(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...mnist.test.labels.slice(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    expect([...digits.train.labels.slice(0, 10)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(mnist.train.inputs.slice(152, 162)).toEqual(Uint8Array.of(3, 18, 18, 18, 126, 136, 175, 26, 166, 255));
  });
});

describe('split tasks', () => {
  const split = (scenario: Scenario, extra = {}) =>
    splitTasks(digits, { ...options, tasks: 5, scenario, classOrder: 'natural', rng: createRng(1), ...extra });

  it.each([
    ['task', 10, { from: 4, to: 6 }, { from: 4, to: 6 }, [4, 5]],
    ['domain', 2, { from: 0, to: 2 }, { from: 0, to: 2 }, [0, 1]],
    ['class', 10, { from: 0, to: 10 }, { from: 0, to: 10 }, [4, 5]],
  ] as const)('give the %s scenario its units and labels', (scenario, outputUnits, training, test, labels) => {
    const stream = split(scenario);
    expect(stream.outputUnits).toBe(outputUnits);
    expect(stream.trainingUnits(2, 2)).toEqual(training);
    expect(stream.testUnits(2)).toEqual(test);
    const all = stream.tasks[2]?.train.batch(Int32Array.from({ length: stream.tasks[2].train.count }, (_, i) => i));
    expect([...new Set(all?.labels)].sort()).toEqual(labels);
  });

  it('let the active classes be all, those seen, or the current ones', () => {
    expect(split('class', { activeClasses: 'seen' }).trainingUnits(0, 2)).toEqual({ from: 0, to: 6 });
    expect(split('class', { activeClasses: 'current' }).trainingUnits(2, 2)).toEqual({ from: 4, to: 6 });
    expect(split('class', { activeClasses: 'current' }).trainingUnits(1, 2)).toEqual({ from: 0, to: 6 });
    expect(split('task', { heads: 'single' }).outputUnits).toBe(2);
  });

  it('hold every example of the data once, in an order of classes that the seed decides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.constantFrom(1, 2, 5), (seed, tasks) => {
        const make = () =>
          splitTasks(digits, { ...options, tasks, scenario: 'class', classOrder: 'seeded', rng: createRng(seed) });
        const stream = make();
        expect(make().description).toEqual(stream.description);
        expect(stream.tasks.reduce((sum, { train }) => sum + train.count, 0)).toBe(digits.train.count);
        expect(stream.tasks.flatMap(({ classes }) => [...classes]).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    [0, /1 to 1000 tasks, got 0/],
    [1001, /got 1001/],
    [3, /cannot be divided into 3 tasks.*Possible numbers of tasks: 1, 2, 5, 10/],
  ])('refuse %d tasks', (tasks, message) => {
    expect(() => split('class', { tasks })).toThrow(message);
  });
});

describe('permuted tasks', () => {
  const permuted = (padTo: number | null, tasks = 3) =>
    permutedTasks(digits, { ...options, scenario: 'domain', tasks, padTo, firstTask: 'permuted', rng: createRng(4) });

  it('show the same pixels in another order, the same for training and test', () => {
    const stream = permuted(null);
    const original = [...digits.train.inputs.slice(0, 64)];
    const seen = stream.tasks.map(({ train }) => rowsOf(train.batch(Int32Array.of(0)))[0] ?? []);
    for (const row of seen) expect(row.toSorted((a, b) => a - b)).toEqual(original.toSorted((a, b) => a - b));
    expect(seen[0]).not.toEqual(seen[1]);
    expect(stream.tasks[1]?.train.batch(positions).permutation).toEqual(
      stream.tasks[1]?.test.batch(positions).permutation,
    );
  });

  it('permute the padding too, and say when the padding is too small', () => {
    const stream = permuted(10);
    expect(stream.inputSize).toBe(100);
    const permutation = stream.tasks[0]?.train.batch(positions).permutation ?? new Int32Array();
    expect(permutation.filter((from) => from === -1)).toHaveLength(36);
    expect(new Set(permutation.filter((from) => from >= 0)).size).toBe(64);
    expect(() => permuted(6)).toThrow(/8 × 8 cannot be padded to 6 × 6/);
  });

  it('cost no memory for a thousand tasks until they are used', () => {
    const stream = permuted(null, 1000);
    expect(stream.tasks).toHaveLength(1000);
    expect(stream.tasks[999]?.train.batch(positions).source).toBe(digits.train.inputs);
  });
});

describe('rotated tasks', () => {
  it('leave the first task as it is and turn the third of four by 180 degrees', () => {
    const stream = rotatedTasks(digits, { ...options, scenario: 'domain', tasks: 4, maxDegrees: 360 });
    const original = [...digits.train.inputs.slice(0, 64)];
    const seen = stream.tasks.map(({ train }) => rowsOf(train.batch(Int32Array.of(0)))[0]);
    expect(seen[0]).toEqual(original);
    expect(seen[2]).toEqual(original.toReversed());
    expect(stream.tasks.map(({ name }) => name)).toEqual(['0°', '90°', '180°', '270°']);
  });
});
