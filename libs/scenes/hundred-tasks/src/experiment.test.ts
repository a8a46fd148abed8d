import { expect, it } from 'vitest';
import { onlyTheLast } from './curves.ts';
import { jobsOf, methods, schema } from './experiment.ts';
import recorded from './recorded.json' with { type: 'json' };

it('trains one run for each chosen method, on the same tasks', () => {
  const jobs = jobsOf(schema.parse({ methods: ['xdg', 'none', 'nonsense'], tasks: 500 }));
  expect(jobs.map(({ id }) => id)).toEqual(['none', 'ewc', 'ewc+xdg']);
  const some = jobsOf(schema.parse({ methods: ['xdg', 'none'], tasks: 500 }));
  expect(some.map(({ id, request }) => [id, request.tasks])).toEqual([
    ['none', 100],
    ['xdg', 100],
  ]);
});

it('shows in its recorded runs what it claims', () => {
  expect(recorded.tasks).toBe(100);
  const at = (method: string, tasks: number): number =>
    recorded.curves.find((curve) => curve.method === method)?.mean[tasks - 1] ?? NaN;
  for (const method of methods)
    expect(recorded.curves.find((curve) => curve.method === method)?.mean).toHaveLength(100);
  expect(at('ewc', 10) - at('none', 10)).toBeGreaterThan(0.1);
  expect(at('ewc+xdg', 100) - at('ewc', 100)).toBeGreaterThan(0.1);
  expect(at('none', 100) - onlyTheLast(100)).toBeLessThan(0.15);
});
