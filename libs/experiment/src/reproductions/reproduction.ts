import type { SpecRequest } from '../spec.ts';

/** `quick`: minutes, to see the effect; `paper`: the published protocol. */
export type Scale = 'quick' | 'paper';

/** What the average accuracy of a row must be, in percent, or in points above each of some other rows. */
export type Expectation =
  | { readonly kind: 'between'; readonly from: number; readonly to: number }
  | { readonly kind: 'above'; readonly rows: readonly string[]; readonly points: number }
  | { readonly kind: 'report' };

export interface ReproductionRow {
  /** Unique, fit for a folder. */
  readonly name: string;
  readonly request: SpecRequest;
  readonly expect: Expectation;
  /** Where the expectation comes from. */
  readonly source: string;
  /** Average accuracy in percent as published, where it is known from `publishedIn`. */
  readonly published?: number | undefined;
}

/** A published result, and the runs that show it. */
export interface Reproduction {
  readonly id: string;
  readonly title: string;
  /** With DOI. */
  readonly paper: string;
  /** What is told about it to a wide public. */
  readonly told: string;
  /** Where the rows' published values stand; none if the paper has figures only. */
  readonly publishedIn?: string;
  readonly seeds: Readonly<Record<Scale, readonly number[]>>;
  /** What differs from the paper at this scale, in one sentence. */
  readonly differs: Readonly<Record<Scale, string>>;
  readonly rows: Readonly<Record<Scale, readonly ReproductionRow[]>>;
}

export const between = (from: number, to: number): Expectation => ({ kind: 'between', from, to });
export const above = (row: string | readonly string[], points: number): Expectation => ({
  kind: 'above',
  rows: typeof row === 'string' ? [row] : row,
  points,
});
export const report: Expectation = { kind: 'report' };

/** Expectations that this project set around published results before measuring. */
export const ourBand = 'our tolerance around the published result';
export const ourMargin = 'our margin for the published effect';
