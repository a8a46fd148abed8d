import { describe, expect, it } from 'vitest';
import { linearCka, pixelImage, planeThrough, ranking, rootMeanSquare, weightsAt } from './index.ts';

const f = (...values: number[]): Float32Array => Float32Array.from(values);

describe('linear CKA', () => {
  it('is 1 for the same representation, rotated, scaled and shifted', () => {
    const x = f(1, 0, 0, 1, 2, 3, -1, 4);
    // a quarter turn (a, b) → (−b, a), three times as large, plus (5, −2)
    const y = x.map((_, k) => (k % 2 === 0 ? -3 * (x[k + 1] ?? 0) + 5 : 3 * (x[k - 1] ?? 0) - 2));
    expect(linearCka(x, y, 4)).toBeCloseTo(1, 6);
  });

  it('has the value worked out by hand', () => {
    // one column each, centred: x = (−1, 0, 1), y = (1, −2, 1) ⇒ x·y = 0; z = (−1, −1, 2) ⇒ (x·z)² / (x·x · z·z) = 9/12
    expect(linearCka(f(0, 1, 2), f(1, -2, 1), 3)).toBeCloseTo(0, 12);
    expect(linearCka(f(0, 1, 2), f(-1, -1, 2), 3)).toBeCloseTo(0.75, 6);
    expect(linearCka(f(0, 1, 2), f(4, 4, 4), 3)).toBe(0);
  });
});

describe('a plane through three weights', () => {
  const [a, b, c] = [f(1, 1, 1), f(1, 1, 4), f(1, 5, 3)] as const;

  it('has them at the coordinates it says', () => {
    const plane = planeThrough(a, b, c);
    expect(plane.points).toEqual([
      [0, 0],
      [3, 0],
      [2, 4],
    ]);
    for (const [i, point] of [a, b, c].entries()) {
      const [x, y] = plane.points[i] ?? [NaN, NaN];
      expect([...weightsAt(plane, x, y)]).toEqual([...point]);
    }
  });

  it('has no second direction where they lie on one line', () => {
    const { up, points } = planeThrough(a, b, f(1, 1, 2.5));
    expect([...up]).toEqual([0, 0, 0]);
    expect(points[2]).toEqual([1.5, 0]);
  });
});

it('ranks, and measures what stands at some ranks', () => {
  expect([...ranking(f(2, 9, 4))]).toEqual([1, 2, 0]);
  expect(rootMeanSquare(f(3, 100, 4), Uint32Array.of(0, 2))).toBeCloseTo(Math.sqrt(12.5), 12);
  expect(rootMeanSquare(f(3), Uint32Array.of())).toBe(0);
});

it('writes a picture, bottom row first, blue before red, rows padded to four bytes', () => {
  const base64 = pixelImage(1, 2, ['#0000ff', '#ff8000']).split(',')[1] ?? '';
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  expect(bytes).toHaveLength(54 + 8);
  expect([...bytes.slice(54)]).toEqual([0x00, 0x80, 0xff, 0, 0xff, 0, 0, 0]);
});
