import { expect, it } from 'vitest';
import { endOf, idOf, jobsOf, parts, schema, stillJobs, stillKept, variantsOf } from './experiment.ts';
import recorded from './recorded.json' with { type: 'json' };

it('compares each set of parts once', () => {
  expect(variantsOf('mine', ['gating']).map(idOf)).toEqual(['plain', idOf(parts), 'gating']);
  expect(variantsOf('mine', parts).map(idOf)).toEqual(['plain', idOf(parts)]);
  expect(variantsOf('add', []).map(idOf)).toEqual(['plain', ...parts]);
  expect(variantsOf('leave', []).map((variant) => variant.length)).toEqual([4, 3, 3, 3, 3]);
});

it('switches exactly the chosen parts on', () => {
  const [plain, , mine] = jobsOf(schema.parse({ parts: ['conditional', 'gating'] }));
  const common = ['stream.padTo=null', 'strategies.bir.latent=20'];
  const switched = (feedback: boolean, conditional: boolean, gates: number, distill: boolean): readonly string[] => [
    ...common,
    `strategies.bir.feedback=${feedback}`,
    `strategies.bir.conditional=${conditional}`,
    `strategies.bir.gatedFraction=${gates}`,
    `strategies.bir.distill=${distill}`,
  ];
  expect(plain?.request.set).toEqual(switched(false, false, 0, false));
  expect(mine?.request.set).toEqual(switched(false, true, 0.8, false));
});

it('reads the mean over all tasks from the end of a run', () => {
  const records = Array.from({ length: 10 }, (_, i) => ({
    matrix: [
      [0, 0],
      [1, 0],
      [i / 10, i / 10 + 0.1],
    ],
  }));
  expect(stillKept(records)[3]?.mean).toBeCloseTo(0.35, 12);
  expect(
    endOf([
      [0, 0],
      [1, 0],
    ]),
  ).toBeNull();
});

it('was recorded with every comparison, and shows what it says', () => {
  const jobs = stillJobs();
  expect(recorded.map(({ seed, spec }) => [seed, spec.strategies[0]?.feedback, spec.strategies[0]?.distill])).toEqual(
    jobs.map(({ id, seed }) => [seed, id.includes('feedback'), id.includes('distillation')]),
  );
  const mean = (...variant: readonly (typeof parts)[number][]): number =>
    stillKept(recorded).find((kept) => idOf(kept.variant) === idOf(variant))?.mean ?? NaN;
  for (const part of parts) expect(mean(part)).toBeGreaterThan(mean() + 0.1);
  expect(mean(...parts)).toBeGreaterThan(mean('feedback', 'conditional', 'gating') + 0.05);
});
