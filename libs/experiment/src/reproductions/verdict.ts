import type { Expectation, ReproductionRow } from './reproduction.ts';

export interface Verdict {
  readonly row: string;
  /** In words: a band in percent, or points above another row. */
  readonly expected: string;
  /** In percent. */
  readonly published: number | undefined;
  /** Average accuracy of each seed, as fractions. */
  readonly measured: readonly number[];
  /** Undefined where the row is only reported, or was not measured. */
  readonly holds: boolean | undefined;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export const describeExpectation = (expect: Expectation): string => {
  if (expect.kind === 'report') return '';
  return expect.kind === 'between'
    ? `${expect.from} to ${expect.to}`
    : `≥ ${expect.rows.join(', ')} + ${expect.points}`;
};

/** Whether the mean accuracy of each row is as expected; `measured` by row name. */
export function verdicts(
  rows: readonly ReproductionRow[],
  measured: Readonly<Record<string, readonly number[]>>,
): readonly Verdict[] {
  const percentOf = (row: string): number => 100 * mean(measured[row] ?? []);
  const holds = (name: string, expect: Expectation): boolean | undefined => {
    if (expect.kind === 'report') return undefined;
    const found = percentOf(name);
    const [from, to] =
      expect.kind === 'between'
        ? [expect.from, expect.to]
        : [Math.max(...expect.rows.map(percentOf)) + expect.points, Infinity];
    return Number.isNaN(found) || Number.isNaN(from) ? undefined : found >= from && found <= to;
  };
  return rows.map(({ name, expect, published }) => ({
    row: name,
    published,
    expected: describeExpectation(expect),
    measured: measured[name] ?? [],
    holds: holds(name, expect),
  }));
}
