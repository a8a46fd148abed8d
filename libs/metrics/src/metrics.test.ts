import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as metrics from './index.ts';

/** Two tasks, both 0.1 before training: the worked example of the definitions. */
const two = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.6, 0.8],
];

describe('summaries of the accuracy matrix', () => {
  it('gives the values worked out by hand', () => {
    const summary = metrics.summarize(two);
    expect(summary.averageAccuracy).toBeCloseTo(0.7, 12);
    expect(summary.averageIncrementalAccuracy).toBeCloseTo(0.8, 12);
    expect(summary.learningAccuracy).toBeCloseTo(0.85, 12);
    expect(summary.backwardTransfer).toBeCloseTo(-0.3, 12);
    expect(summary.forgetting).toBeCloseTo(0.3, 12);
    expect(summary.forwardTransfer).toBeCloseTo(0, 12);
    expect(metrics.curve(two)).toEqual([0.9, 0.7]);
    expect(metrics.retention(two)).toBeCloseTo(0.6 / 0.9, 12);
    expect(metrics.matrixAccuracy(two)).toBeCloseTo((0.9 + 0.6 + 0.8) / 3, 12);
    expect(metrics.matrixForwardTransfer(two)).toBeCloseTo(0.1, 12);
    expect(metrics.matrixBackwardTransfer(two)?.remembering).toBeCloseTo(0.7, 12);
    expect(metrics.intransigence(two, [0.95, 0.85])).toBeCloseTo(0.05, 12);
    expect(metrics.stabilityGap([0.8, 0.4, 0.6], 0.9)).toBeCloseTo(-0.5, 12);
  });

  it('takes the best earlier row for forgetting and the diagonal for backward transfer', () => {
    const later = [
      [0, 0, 0],
      [0.8, 0, 0],
      [0.9, 0.5, 0],
      [0.7, 0.5, 0.5],
    ];
    // task 1: 0.9 − 0.7, task 2: 0.5 − 0.5
    expect(metrics.forgetting(later)).toBeCloseTo(0.1, 12);
    expect(metrics.backwardTransfer(later)).toBeCloseTo(-0.05, 12);
  });

  it('counts an improvement in the last row as negative forgetting, unless the variant forbids it', () => {
    const better = [
      [0, 0],
      [0.5, 0],
      [0.7, 0.9],
    ];
    expect(metrics.forgetting(better)).toBeCloseTo(-0.2, 12);
    expect(metrics.nonNegativeForgetting(better)).toBe(0);
  });

  it('says null where there are too few tasks', () => {
    expect(metrics.summarize([[0.1, 0.1]])).toEqual({
      averageAccuracy: null,
      averageIncrementalAccuracy: null,
      forgetting: null,
      backwardTransfer: null,
      forwardTransfer: null,
      learningAccuracy: null,
    });
    expect(metrics.summarize([[0.5], [1]]).forgetting).toBeNull();
  });

  it('keeps the identity ACC = LA + (T − 1)/T · BWT', () => {
    const matrices = fc.integer({ min: 2, max: 6 }).chain((tasks) =>
      fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: tasks, maxLength: tasks }), {
        minLength: tasks + 1,
        maxLength: tasks + 1,
      }),
    );
    fc.assert(
      fc.property(matrices, (matrix) => {
        const { averageAccuracy, learningAccuracy, backwardTransfer } = metrics.summarize(matrix);
        const tasks = matrix.length - 1;
        expect(averageAccuracy).toBeCloseTo(
          (learningAccuracy ?? 0) + ((tasks - 1) / tasks) * (backwardTransfer ?? 0),
          10,
        );
      }),
    );
  });

  it.each([
    ['ragged rows', [[0.1, 0.1], [0.2]], /Row 1 .* has 1 entries/],
    ['percent', [[10]], /fractions from 0 to 1/],
    ['too many rows', [[0], [0], [0]], /at most 2/],
    ['no columns', [[]], /no columns/],
  ])('refuses %s', (_, matrix, message) => {
    expect(() => metrics.summarize(matrix)).toThrow(message);
  });
});

describe('statistics', () => {
  it('knows Student’s t quantiles of printed tables', () => {
    expect(metrics.tQuantile(0.975, 1)).toBeCloseTo(12.7062047, 6);
    expect(metrics.tQuantile(0.975, 2)).toBeCloseTo(4.30265273, 7);
    expect(metrics.tQuantile(0.975, 9)).toBeCloseTo(2.26215716, 7);
    expect(metrics.tQuantile(0.995, 30)).toBeCloseTo(2.7499957, 6);
  });

  it('computes mean, standard error and confidence interval', () => {
    const values = [1, 2, 3, 4];
    expect(metrics.mean(values)).toBe(2.5);
    expect(metrics.standardDeviation(values)).toBeCloseTo(Math.sqrt(5 / 3), 12);
    expect(metrics.standardError(values)).toBeCloseTo(Math.sqrt(5 / 12), 12);
    expect(metrics.confidenceHalfWidth(values)).toBeCloseTo(Math.sqrt(5 / 12) * 3.18244631, 6);
    expect(metrics.standardError([1])).toBeNull();
  });

  it('compares pair by pair', () => {
    const difference = metrics.pairedDifference([0.9, 0.8, 0.7], [0.8, 0.6, 0.6]);
    expect(difference.mean).toBeCloseTo(0.4 / 3, 12);
    expect(difference.standardError).toBeCloseTo(0.1 / 3, 12);
    // t = 4 with 2 degrees of freedom
    expect(difference.p).toBeCloseTo(0.0571909584, 6);
    expect(() => metrics.pairedDifference([1], [1, 2])).toThrow(/as many values/);
  });
});
