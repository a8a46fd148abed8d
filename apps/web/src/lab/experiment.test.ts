import { expect, it } from 'vitest';
import { jobsOf, schema, tasksOf } from './experiment.ts';

it('trains each combination once', () => {
  const state = schema.parse({ a: ['xdg', 'ewc'], b: ['ewc', 'xdg'], c: [], scenario: 'task', layers: 2 });
  expect(jobsOf(state).map(({ id }) => id)).toEqual(['ewc+xdg', 'none']);
  expect(jobsOf(state)[0]?.request.hidden).toEqual([100, 100]);
});

it('divides ten digits evenly', () => {
  expect([2, 4, 9].map((tasks) => tasksOf({ preset: 'split-mnist', tasks }))).toEqual([2, 5, 10]);
  expect(tasksOf({ preset: 'permuted-mnist', tasks: 9 })).toBe(9);
});
