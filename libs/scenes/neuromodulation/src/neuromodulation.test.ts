import { expect, it } from 'vitest';
import { allOrNothing, endOf, jobsOf, protocols, schema } from './experiment.ts';
import { directionOf, plasticity } from './plasticity.ts';
import { changedShare } from './probes.ts';
import recorded from './recorded.json' with { type: 'json' };

it('has the curve of the rule: 1, up to 1.2, down to 0 at one half, and the same upside down', () => {
  expect([0, 0.125, 0.25, 0.5].map(plasticity)).toEqual([1, 1.2, 1, 0]);
  for (const level of [0, 0.1, 0.3, 0.45]) expect(plasticity(1 - level)).toBeCloseTo(-plasticity(level), 12);
  expect([0.1, 0.5, 0.9].map(directionOf)).toEqual(['weaker', 'same', 'stronger']);
});

it('trains one network three times, which differ in the rule and its mask only', () => {
  const jobs = jobsOf(schema.parse({}));
  expect(jobs.map(({ request }) => [request.strategy, ...(request.set ?? [])])).toEqual([
    ['naca', 'strategies.naca.mask=batch'],
    ['naca', 'strategies.naca.mask=row'],
    ['none'],
  ]);
  expect(
    new Set(jobs.map(({ request: { hidden, iterations }, seed }) => JSON.stringify([hidden, iterations, seed]))).size,
  ).toBe(1);
});

it('counts the weights that moved, and the digits known entirely or not at all', () => {
  expect(changedShare(Float32Array.of(1, 1, 1, 1), Float32Array.of(1, 1.0005, 1.1, 0))).toBe(0.5);
  expect(allOrNothing([0, 0.01, 0.5, 0.985, 1])).toBe(4);
});

it('was recorded with the settings that the scene begins with, and shows what it claims', () => {
  const jobs = jobsOf(schema.parse({}));
  expect(recorded.map(({ seed, spec }) => [seed, spec.training.iterations])).toEqual(
    jobs.map(({ seed, request }) => [seed, request.iterations]),
  );
  const [published = NaN, honest = NaN, plain = NaN] = recorded.map(({ matrix }) => endOf(matrix) ?? NaN);
  expect(protocols).toHaveLength(recorded.length);
  expect(honest).toBeGreaterThan(plain + 0.1);
  expect(published).toBeGreaterThan(honest);
  expect(allOrNothing(recorded[0]?.matrix.at(-1) ?? [])).toBeGreaterThan(5);
  expect(allOrNothing(recorded[1]?.matrix.at(-1) ?? [])).toBeLessThan(4);
});
