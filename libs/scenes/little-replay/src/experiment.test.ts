import { expect, it } from 'vitest';
import { amounts, jobId, jobsOf, keptBy, schema, stillJobs } from './experiment.ts';
import type { Amount, Scenario } from './experiment.ts';
import { en } from './messages.en.ts';
import recorded from './recorded.json' with { type: 'json' };

const wanted = (id: string): boolean => jobsOf(schema.parse({})).some((job) => job.id === id);

it('replays so many samples per mini-batch, and trains plainly where there are none', () => {
  const jobs = jobsOf(schema.parse({ amounts: ['10', '0', '5'], told: 'class' }));
  expect(jobs.map(({ id }) => id)).toEqual(['class-0-1', 'class-5-1', 'class-10-1']);
  expect(jobs.map(({ request }) => [request.strategy, request.set?.[0]])).toEqual([
    ['none', undefined],
    ['dgr', 'strategies.dgr.batchSize=5'],
    ['dgr', 'strategies.dgr.batchSize=10'],
  ]);
});

it('begins with both ends of the scale', () => {
  expect(
    jobsOf(schema.parse({}))
      .map(({ id }) => id)
      .slice(0, 3),
  ).toEqual(['class-0-1', 'class-128-1', 'class-1-1']);
  expect(wanted(jobId('task', '128', 1))).toBe(true);
});

it('averages over tasks, then over seeds', () => {
  const run = (...last: number[]) => ({ scenario: 'class', amount: '1', matrix: [[0, 0], last] }) as const;
  // means 0.4 and 0.6: 0.5, with a standard deviation of √(2 · 0.1² / 1)
  const [kept] = keptBy([run(0.2, 0.6), run(0.6, 0.6)]);
  expect(kept).toMatchObject({ scenario: 'class', amount: '1', seeds: 2 });
  expect(kept?.mean).toBeCloseTo(0.5, 12);
  expect(kept?.spread).toBeCloseTo(Math.sqrt(0.02), 12);
  expect(keptBy([run(0.2, 0.6)])[0]?.spread).toBe(0);
});

it('says per what the samples are counted', () => {
  expect(en.axis).toContain('per mini-batch');
});

it('was recorded with every amount in both scenarios, and shows what it claims', () => {
  const jobs = stillJobs();
  expect(recorded.map(({ seed, spec }) => [seed, spec.scenario, spec.strategies[0]?.batchSize ?? 0])).toEqual(
    jobs.map(({ id, seed }) => [seed, id.split('-')[0], Number(id.split('-')[1])]),
  );
  const kept = keptBy(
    jobs.map(({ id }, i) => {
      const [scenario, amount] = id.split('-') as [Scenario, Amount];
      return { scenario, amount, matrix: recorded[i]?.matrix ?? [] };
    }),
  );
  const mean = (scenario: Scenario, amount: Amount): number =>
    kept.find((point) => point.scenario === scenario && point.amount === amount)?.mean ?? NaN;
  expect(kept).toHaveLength(2 * amounts.length);
  expect(mean('class', '1')).toBeGreaterThan(mean('class', '0') + 0.15);
  // the first sample adds more than all the others together
  expect(mean('class', '1') - mean('class', '0')).toBeGreaterThan(mean('class', '128') - mean('class', '1'));
  for (const amount of amounts) expect(mean('task', amount)).toBeGreaterThan(mean('class', amount));
});
