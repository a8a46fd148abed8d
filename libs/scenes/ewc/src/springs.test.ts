import { expect, it } from 'vitest';
import { forceOf, movedBy, pickedPositions } from './springs.ts';
import { gridOf, squareAround } from './surface.ts';

it('pulls with −λ F (θ − θ*)', () => {
  // λ = 3, F = ½, θ − θ* = 4
  expect(forceOf({ position: 0, rank: 1, importance: 0.5, anchor: 1, weight: 5 }, 3)).toBe(-6);
});

it('picks the stiffest first, and none without importance', () => {
  const importance = Float32Array.from([0, 5, 1, 0, 3]);
  const picked = pickedPositions(Uint32Array.of(1, 4, 2, 0, 3), importance);
  expect(picked[0]).toEqual({ rank: 1, position: 1 });
  // three weights matter at all: the last rank, 0.1, is the third of them
  expect(picked.at(-1)).toEqual({ rank: 0.1, position: 2 });
});

it('measures the tenth that matters most and the tenth that matters least', () => {
  const order = Uint32Array.from({ length: 20 }, (_, i) => 19 - i);
  const to = Float32Array.from({ length: 20 }, (_, i) => (i >= 18 ? 3 : i < 2 ? 7 : 100));
  expect(movedBy(order, new Float32Array(20), to)).toEqual({ most: 3, least: 7 });
});

it('lays a grid with a margin around the points', () => {
  const square = squareAround([
    [0, 0],
    [6, 0],
    [3, 2],
  ]);
  expect(square).toEqual({ from: [-2, -4], to: [8, 6] });
  expect(gridOf({ side: 3, ...square })).toEqual([
    [-2, -4],
    [3, -4],
    [8, -4],
    [-2, 1],
    [3, 1],
    [8, 1],
    [-2, 6],
    [3, 6],
    [8, 6],
  ]);
});
