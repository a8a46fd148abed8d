import { describe, expect, it } from 'vitest';
import { computationalEfficiency, modelSizeEfficiency, sampleStorageEfficiency } from './index.ts';

describe('what learning costs', () => {
  it('gives the values worked out by hand', () => {
    // a model that doubles, then doubles again: (1 + 1/2 + 1/4) / 3
    expect(modelSizeEfficiency([100, 200, 400])).toBeCloseTo(7 / 12, 12);
    // a memory that grows to half of the data: 1 − (1/4 + 1/2) / 2
    expect(sampleStorageEfficiency([25, 50], 100)).toBeCloseTo(0.625, 12);
    // two passes for the first task, four for the second: (1/2 + 1/4) / 2, and twice that if two passes are allowed
    expect(computationalEfficiency([10, 20], [20, 80])).toBeCloseTo(0.375, 12);
    expect(computationalEfficiency([10, 20], [20, 80], { allowedPasses: 2 })).toBeCloseTo(0.75, 12);
  });

  it('stays between 0 and 1', () => {
    expect(modelSizeEfficiency([400, 100])).toBe(1);
    expect(modelSizeEfficiency([100, 100])).toBe(1);
    expect(sampleStorageEfficiency([300], 100)).toBe(0);
    expect(sampleStorageEfficiency([0, 0], 100)).toBe(1);
    expect(computationalEfficiency([10], [1])).toBe(1);
  });

  it('says what was expected', () => {
    expect(() => modelSizeEfficiency([])).toThrow(/at least one task/);
    expect(() => modelSizeEfficiency([100, 0])).toThrow(/above 0 for every task, got 0/);
    expect(() => sampleStorageEfficiency([-1], 100)).toThrow(/at least 0 .* got -1/);
    expect(() => sampleStorageEfficiency([1], 0)).toThrow(/data size .* got 0/);
    expect(() => computationalEfficiency([1], [1, 2])).toThrow(/1 and 2/);
    expect(() => computationalEfficiency([1], [NaN])).toThrow(/got NaN/);
  });
});
