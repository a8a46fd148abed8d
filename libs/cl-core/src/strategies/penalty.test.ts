import { useEngine } from '@engram/engine';
import { createRng } from '@engram/random';
import { beforeAll, describe, expect, it } from 'vitest';
import { valuesOf, vector } from '../testing.ts';
import { addAnchor, quadraticPenalty } from './penalty.ts';
import { si } from './si.ts';

beforeAll(async () => {
  await useEngine('cpu');
});

describe('quadratic penalty', () => {
  const anchor = { center: vector(1, -2), curvature: vector(0.5, 4) };

  it('has the value and gradient worked out by hand', () => {
    const penalty = quadraticPenalty(anchor, 3);
    const at = vector(2, 0);
    // ½·3·(0.5·1² + 4·2²) and 3·(0.5·1, 4·2)
    expect(penalty.value(at).dataSync()[0]).toBeCloseTo(24.75, 5);
    expect(valuesOf(penalty.addGradient(vector(1, 1), at))).toEqual([2.5, 25]);
  });

  it('has the gradient of its value, found numerically', () => {
    const penalty = quadraticPenalty(anchor, 3);
    const at = [0.3, -0.7];
    const gradient = valuesOf(penalty.addGradient(vector(0, 0), vector(...at)));
    at.forEach((_, i) => {
      const value = (shift: number): number =>
        penalty.value(vector(...at.map((w, j) => (i === j ? w + shift : w)))).dataSync()[0] ?? NaN;
      expect(gradient[i]).toBeCloseTo((value(0.01) - value(-0.01)) / 0.02, 2);
    });
  });

  it('as the sum of three anchors pulls like the three of them', () => {
    const anchors = [
      { center: vector(1, 5), curvature: vector(2, 0) },
      { center: vector(-3, 2), curvature: vector(1, 0.5) },
      { center: vector(0.5, -1), curvature: vector(0, 3) },
    ];
    const flat = { center: vector(9, 9), curvature: vector(0, 0) };
    const sum = anchors.reduce(addAnchor, flat);
    const at = vector(0.2, -0.4);
    const apart = anchors.map((own) => valuesOf(quadraticPenalty(own, 2).addGradient(vector(0, 0), at)));
    const together = valuesOf(quadraticPenalty(sum, 2).addGradient(vector(0, 0), at));
    together.forEach((pull, i) => {
      expect(pull).toBeCloseTo(
        apart.reduce((total, own) => total + (own[i] ?? 0), 0),
        5,
      );
    });
  });
});

describe('synaptic intelligence', () => {
  it('gives the importance of Zenke et al. for two steps worked out by hand', () => {
    const strategy = si({ c: 2, damping: 0.1 });
    const start = vector(0, 0);
    const init = strategy.init({ model: {} as never, params: start, taskCount: 2, rng: createRng(0) });
    const step = (state: typeof init, g: number[], before: number[], after: number[]) =>
      strategy.observe?.(state, {
        dataGrads: vector(...g),
        totalGrads: vector(9, 9),
        before: vector(...before),
        after: vector(...after),
      } as never) ?? state;
    const one = step(init, [-1, 2], [0, 0], [0.5, -0.1]);
    const two = step(one, [-0.5, 1], [0.5, -0.1], [0.7, -0.3]);
    // ω = (1·0.5 + 0.5·0.2, 2·0.1 + 1·0.2) = (0.6, 0.4); Ω = ω / (Δ² + 0.1)
    const end = strategy.consolidate?.(two, { params: vector(0.7, -0.3) } as never) ?? two;
    const omega = valuesOf(end.curvature);
    expect(omega[0]).toBeCloseTo(0.6 / (0.49 + 0.1), 5);
    expect(omega[1]).toBeCloseTo(0.4 / (0.09 + 0.1), 5);
    expect(valuesOf(end.path)).toEqual([0, 0]);
    // ∇ c Σ Ω (θ − θ*)² = 2c Ω (θ − θ*)
    const pull = strategy.penalty?.(end).addGradient(vector(0, 0), vector(1.7, -0.3));
    expect(valuesOf(pull ?? {})[0]).toBeCloseTo(2 * 2 * (0.6 / 0.59), 4);
  });

  it('clamps a negative path only when told to', () => {
    for (const [negative, expected] of [
      ['keep', -1],
      ['clamp', 0],
    ] as const) {
      const strategy = si({ c: 1, damping: 1, negative });
      const state = strategy.init({ model: {} as never, params: vector(0), taskCount: 2, rng: createRng(0) });
      const moved = { ...state, path: vector(-1) };
      expect(valuesOf(strategy.consolidate?.(moved, { params: vector(0) } as never).curvature ?? {})).toEqual([
        expected,
      ]);
    }
  });
});
