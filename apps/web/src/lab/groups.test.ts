import { runReducer, idle } from '@engram/scene-kit';
import type { RunView } from '@engram/scene-kit';
import { expect, it } from 'vitest';
import { curvesOf, endOf, groupsOf, matrixOf } from './groups.ts';

const untouched = (strategy: string, seed: number): RunView => {
  const job = { id: `${strategy} ${seed}`, request: { preset: 'split-mnist', strategy }, seed };
  const [view] = runReducer(idle, { type: 'start', jobs: [job] }).runs;
  if (view === undefined) throw new Error('no view');
  return view;
};

const rows = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.5, 0.7],
];

it('takes mean and standard error over the seeds of a network', () => {
  const better = rows.map((row) => row.map((value) => value + 0.1));
  const groups = groupsOf(
    [
      { ...untouched('ewc+xdg', 0), matrix: rows },
      { ...untouched('ewc+xdg', 1), matrix: better },
      { ...untouched('none', 0), matrix: rows.slice(0, 2) },
      { ...untouched('none', 1), matrix: [] },
    ],
    (names) => names.join(' & ') || 'plain',
  );
  expect(groups.map(({ label, runs }) => [label, runs.length])).toEqual([
    ['ewc & xdg', 2],
    ['plain', 1],
  ]);
  const [both, plain] = groups;
  if (both === undefined || plain === undefined) throw new Error('two groups');
  // 0.9 and 1.0, then (0.5 + 0.7) / 2 and 0.1 more; the standard error of two values is half their distance
  expect(curvesOf(both).map((point) => point.mean)).toEqual([expect.closeTo(0.95), expect.closeTo(0.65)]);
  expect(curvesOf(both)[1]?.spread).toBeCloseTo(0.05);
  expect(curvesOf(plain)).toEqual([{ mean: 0.9, spread: null }]);
  expect(matrixOf(both)[2]).toEqual([expect.closeTo(0.55), expect.closeTo(0.75)]);
  expect(endOf(both)).toBeNull();
});
