import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from './index.ts';

/** Written down once from this implementation; they change only together with every stored run. */
const GOLDEN = { seed0: [620553962, 3570586458, 635667501], fork: [424195097, 567749571, 563614586] };

const draws = (rng: { uint32(): number }, n = 8) => Array.from({ length: n }, () => rng.uint32());

describe('createRng', () => {
  it('repeats itself for the same seed and path, and for nothing else', () => {
    const path = () => createRng(7).fork('task').fork(3);
    expect(draws(path())).toEqual(draws(path()));
    const others = [
      createRng(7),
      createRng(8),
      createRng(7).fork('task'),
      createRng(7).fork(3).fork('task'),
      createRng('7').fork('task').fork('3'),
    ];
    for (const other of others) expect(draws(other)).not.toEqual(draws(path()));
  });

  it('keeps its numbers: runs of old records must stay repeatable', () => {
    expect(draws(createRng(0), 3)).toEqual(GOLDEN.seed0);
    expect(draws(createRng(1).fork('init'), 3)).toEqual(GOLDEN.fork);
  });

  it('does not advance the parent when forking', () => {
    const [plain, forked] = [createRng(1), createRng(1)];
    forked.fork('a').uint32();
    expect(draws(forked)).toEqual(draws(plain));
  });

  it('separates labels that differ only in where they are cut', () => {
    const root = createRng(0);
    expect(draws(root.fork('ab').fork('c'))).not.toEqual(draws(root.fork('a').fork('bc')));
    expect(draws(root.fork(1))).not.toEqual(draws(root.fork('1')));
  });

  it('is uniform: every byte of 65,536 draws near its share (χ², 255 degrees of freedom, p ≈ 10⁻⁶)', () => {
    const rng = createRng('uniform');
    const words = draws(rng, 65_536);
    for (const shift of [0, 8, 16, 24]) {
      const counts = new Array<number>(256).fill(0);
      for (const word of words) counts[(word >>> shift) & 255] = (counts[(word >>> shift) & 255] ?? 0) + 1;
      const chiSquared = counts.reduce((sum, count) => sum + (count - 256) ** 2 / 256, 0);
      expect(chiSquared).toBeLessThan(370);
      expect(chiSquared).toBeGreaterThan(160);
    }
  });

  it('has unrelated neighbouring forks (correlation of 4,096 pairs within 5 standard errors)', () => {
    const root = createRng(5);
    const pairs = Array.from({ length: 4096 }, (_, i) => [root.fork(i).float() - 0.5, root.fork(i + 1).float() - 0.5]);
    const covariance = pairs.reduce((sum, [a = 0, b = 0]) => sum + a * b, 0) / pairs.length;
    expect(Math.abs(covariance * 12)).toBeLessThan(5 / 64);
  });

  it('draws normals with mean 0, variance 1 and tails', () => {
    const rng = createRng('normal');
    const xs = Array.from({ length: 40_000 }, () => rng.normal());
    const mean = xs.reduce((s, x) => s + x, 0) / xs.length;
    const variance = xs.reduce((s, x) => s + (x - mean) ** 2, 0) / xs.length;
    expect(Math.abs(mean)).toBeLessThan(0.025);
    expect(Math.abs(variance - 1)).toBeLessThan(0.035);
    expect(xs.filter((x) => Math.abs(x) > 2).length / xs.length).toBeCloseTo(0.0455, 2);
  });

  it('samples distinct numbers in range; a full sample is a permutation', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }), (seed, n, k) => {
        const sample = [...createRng(seed).sample(n, Math.min(k, n))];
        expect(new Set(sample).size).toBe(sample.length);
        expect(sample.every((x) => x >= 0 && x < n)).toBe(true);
        expect([...createRng(seed).permutation(n)].sort((a, b) => a - b)).toEqual(
          Array.from({ length: n }, (_, i) => i),
        );
      }),
    );
  });

  it('refuses ranges it cannot draw from', () => {
    expect(() => createRng(0).integer(0)).toThrow(/1…2³², got 0/);
    expect(() => createRng(0).sample(3, 4)).toThrow(/n = 3, k = 4/);
  });
});
