import { expect, it } from 'vitest';
import { bytesKept, multiplyAdds } from './cost.ts';
import { brainOf, jobsOf, schema } from './experiment.ts';
import recorded from './recorded.json' with { type: 'json' };

it('trains the brain, then each of its parts alone', () => {
  const jobs = jobsOf(schema.parse({ parts: ['er', 'ewc', 'laser'] }));
  expect(jobs.map(({ id }) => id)).toEqual(['brain', 'ewc', 'xdg']);
  expect(jobsOf(schema.parse({ parts: ['er', 'si'] })).map(({ request }) => request.strategy)).toEqual([
    'si+er',
    'si',
    'er',
  ]);
  expect(jobsOf(schema.parse({ parts: ['er', 'si'], alone: false }))).toHaveLength(1);
  expect(jobsOf(schema.parse({ parts: [] })).map(({ request }) => request.strategy)).toEqual(['none']);
});

it('begins within its budget; replay costs more arithmetic than that, springs of both kinds more memory', () => {
  const state = schema.parse({});
  const [memory, compute] = [state.memory * 1e5, state.compute * 1e9];
  const first = brainOf(state.parts, state);
  expect(bytesKept(first)).toBeLessThan(memory);
  expect(multiplyAdds(first)).toBeLessThan(compute);
  expect(multiplyAdds(brainOf(['er'], state))).toBeGreaterThan(compute);
  expect(bytesKept(brainOf(['ewc', 'si'], state))).toBeGreaterThan(memory);
});

it('was recorded with what the scene begins with, and the combination is better than each part', () => {
  const [brain, ...alone] = recorded.map(({ summary }) => summary.averageAccuracy);
  expect(alone).toHaveLength(2);
  expect((brain ?? 0) - Math.max(...alone)).toBeGreaterThan(0.02);
});
