import { describe, expect, it } from 'vitest';
import { buildSpec } from '../spec.ts';
import { reproductions } from './index.ts';
import { above, between, report } from './reproduction.ts';
import type { Expectation, ReproductionRow } from './reproduction.ts';
import { verdicts } from './verdict.ts';

const all = reproductions.flatMap(({ id, rows }) =>
  (['quick', 'paper'] as const).map((scale) => [`${id}, ${scale}`, rows[scale]] as const),
);

describe.each(all)('%s', (_, rows) => {
  it('has possible specifications, names of its own, and compares with rows that it has', () => {
    const names = rows.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { request, expect: expected } of rows) {
      expect(() => buildSpec(request)).not.toThrow();
      if (expected.kind === 'above') expect(names).toEqual(expect.arrayContaining([...expected.rows]));
    }
  });
  it('can fail', () => {
    expect(rows.some(({ expect: expected }) => expected.kind !== 'report')).toBe(true);
  });
});

it('judges means against bands and other rows, and leaves open what was not measured', () => {
  const row = (name: string, expected: Expectation): ReproductionRow => ({
    name,
    request: { preset: 'split-mnist' },
    expect: expected,
    source: '',
  });
  const rows = [
    row('none', report),
    row('low', between(30, 40)),
    row('in', between(30, 60)),
    row('above', above('none', 25)),
    row('not above', above('none', 35)),
    row('above both', above(['none', 'low'], 10)),
    row('missing', between(0, 100)),
  ];
  const measured = { none: [0.2], low: [0.45], in: [0.2, 0.5], above: [0.5], 'not above': [0.5], 'above both': [0.54] };
  expect(verdicts(rows, measured).map(({ holds }) => holds)).toEqual([
    undefined,
    false,
    true,
    true,
    false,
    false,
    undefined,
  ]);
});
