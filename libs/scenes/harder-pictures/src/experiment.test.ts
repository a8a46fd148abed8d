import { expect, it } from 'vitest';
import { cures, jobsOf, pictures, schema, stillJobs, stillKept } from './experiment.ts';
import type { Cure, Pictures } from './experiment.ts';
import recorded from './recorded.json' with { type: 'json' };

it('trains on what a page has: digits, without a cure, with replay and with what was chosen', () => {
  const jobs = jobsOf(schema.parse({ cure: 'replay-ewc' }));
  expect(jobs.map(({ request }) => [request.preset, request.data, request.strategy])).toEqual([
    ['split-mnist', 'subset', 'none'],
    ['split-mnist', 'subset', 'dgr'],
    ['split-mnist', 'subset', 'dgr+ewc'],
  ]);
  expect(jobsOf(schema.parse({ cure: 'replay' }))).toHaveLength(2);
});

it('changes nothing but the pictures from digits to clothes', () => {
  const common = stillJobs().map(
    ({ request: { preset, data, ...rest } }) => [preset, data ?? 'its own', rest] as const,
  );
  expect(common.slice(0, cures.length).map(([, , rest]) => rest)).toEqual(
    common.slice(cures.length).map(([, , rest]) => rest),
  );
});

it('was recorded with every cure on both, and shows what it says', () => {
  expect(recorded.map(({ spec }) => [spec.data.dataset, spec.strategies.map(({ name }) => name).join('+')])).toEqual(
    stillJobs().map(({ request: { preset, strategy } }) => [
      preset === 'split-mnist' ? 'mnist' : 'fashion-mnist',
      strategy === 'none' ? '' : strategy,
    ]),
  );
  const kept = stillKept(recorded);
  const on = (kind: Pictures, cure: Cure): number =>
    kept.find((own) => own.kind === kind && own.cure === cure)?.mean ?? NaN;
  for (const kind of pictures) {
    expect(on(kind, 'replay')).toBeGreaterThan(on(kind, 'none') + 0.3);
    expect(on(kind, 'replay-ewc')).toBeGreaterThan(on(kind, 'replay') + 0.05);
    expect(on(kind, 'replay-si')).toBeCloseTo(on(kind, 'replay'), 1);
  }
  expect(on('digits', 'replay')).toBeGreaterThan(on('clothes', 'replay') + 0.1);
});
