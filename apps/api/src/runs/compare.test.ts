import { describe, expect, it } from 'vitest';
import { smallSpec } from '../testing/examples.ts';
import { compareRuns } from './compare.ts';
import type { Compared } from './compare.ts';

const run = (id: string, seed: number, specHash: string, accuracy: number, change = {}): Compared => ({
  id,
  seed,
  specHash,
  status: 'succeeded',
  strategy: 'none',
  spec: smallSpec(10, change),
  record: {
    matrix: [[0.5], [accuracy]],
    summary: {
      averageAccuracy: accuracy,
      averageIncrementalAccuracy: accuracy,
      forgetting: null,
      backwardTransfer: null,
      forwardTransfer: null,
      learningAccuracy: accuracy,
    },
  },
});

describe('a comparison', () => {
  const longer = { training: { iterations: 20, batchSize: 8 } };
  const result = compareRuns([
    run('a0', 0, 'a', 0.8),
    run('a1', 1, 'a', 0.6),
    run('a2', 2, 'a', 0.6),
    // the same seeds in another order
    run('b2', 2, 'b', 0.7, longer),
    run('b0', 0, 'b', 0.9, longer),
    run('b1', 1, 'b', 0.8, longer),
  ]);

  it('finds what differs, and averages over seeds', () => {
    expect(result.differences).toEqual(['training.iterations']);
    expect(result.groups.map(({ settings }) => settings)).toEqual([
      { 'training.iterations': 10 },
      { 'training.iterations': 20 },
    ]);
    const [first, second] = result.groups;
    // 0.8, 0.6, 0.6: s² = 0.04/3, s/√3 = 1/15
    expect(first?.metrics.averageAccuracy).toEqual({
      n: 3,
      mean: expect.closeTo(2 / 3, 12) as number,
      sem: expect.closeTo(1 / 15, 12) as number,
    });
    expect(second?.metrics.averageAccuracy.mean).toBeCloseTo(0.8, 12);
    expect(first?.metrics.forgetting).toEqual({ n: 0, mean: null, sem: null });
  });

  it('tests the groups seed by seed', () => {
    const test = result.tests.find(({ metric }) => metric === 'averageAccuracy');
    // b − a by seed: 0.1, 0.2, 0.1: mean 0.4/3, s/√3 = 1/30, t = 4, 2 degrees of freedom
    expect(test).toMatchObject({ groups: [0, 1], n: 3 });
    expect(test?.mean).toBeCloseTo(0.4 / 3, 12);
    expect(test?.sem).toBeCloseTo(1 / 30, 12);
    expect(test?.p).toBeCloseTo(0.0571909584, 8);
  });

  it('aligns matrices of different sizes', () => {
    const [small, large] = compareRuns([
      run('a', 0, 'a', 0.5),
      {
        ...run('b', 0, 'b', 0.5),
        record: {
          ...run('b', 0, 'b', 0.5).record,
          matrix: [
            [0, 0],
            [1, 0],
            [1, 1],
          ],
        } as Compared['record'],
      },
    ]).runs;
    expect(small?.matrix).toEqual([
      [0.5, null],
      [0.5, null],
      [null, null],
    ]);
    expect(large?.matrix).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
    ]);
  });
});
