import { expect, it } from 'vitest';
import { jobsOf, lambdaOf, schema } from './experiment.ts';
import recorded from './recorded.json' with { type: 'json' };

it('goes from no springs to very stiff ones', () => {
  expect(lambdaOf({ stiffness: -1 })).toBe(0);
  expect(lambdaOf({ stiffness: 0 })).toBe(1);
  expect(lambdaOf({ stiffness: 1.5 })).toBe(32);
  expect(lambdaOf(schema.parse({ stiffness: 99 }))).toBe(1e7);
});

it('trains the same network twice, which differ in the springs only', () => {
  for (const scenario of ['permuted', 'class'] as const) {
    const [plain, ewc] = jobsOf(schema.parse({ scenario }));
    expect({ ...ewc?.request, strategy: 'none', set: [] }).toEqual({ ...plain?.request, set: [] });
    expect(ewc?.seed).toBe(plain?.seed);
  }
});

it('was recorded with the settings that the scene begins with, and shows what it claims', () => {
  const [plain, ewc] = recorded;
  expect(recorded.map(({ seed, spec }) => [seed, spec.strategies.length])).toEqual([
    [1, 0],
    [1, 1],
  ]);
  expect(ewc?.spec.strategies[0]?.lambda).toBe(lambdaOf(schema.parse({})));
  const [before, after] = [plain?.matrix.at(-1) ?? [], ewc?.matrix.at(-1) ?? []];
  expect((after[0] ?? 0) - (before[0] ?? 0)).toBeGreaterThan(0.2);
  expect(after.at(-1)).toBeGreaterThan(0.85);
});
