import type { ReactNode } from 'react';

export const locales = ['en', 'ko'] as const;
export type Locale = (typeof locales)[number];

/**
 * Where the numbers of a figure come from. LIVE: trained or measured in this page, now. RECORDED: a run record in the
 * repository. MODEL: computed from a model that is no measurement of a brain. PAPER: read from a cited paper. YOURS: the
 * reader's own answers, kept in this browser.
 */
export type Badge = 'live' | 'recorded' | 'model' | 'paper' | 'yours';

/** The words that every scene has; a scene's own come beside them. */
export interface SceneText {
  readonly title: string;
  /** What the reader is asked before anything runs. */
  readonly question: string;
  /** What the scene shows, in one sentence. */
  readonly claim: string;
  /** What to take away, in one sentence. */
  readonly takeaway: string;
  /** How brain and network compare here, in one or two sentences. */
  readonly bridge: string;
  /** What can be seen in the still figure, for those who cannot see it. */
  readonly stillSummary: string;
  /** Where the still figure's numbers come from, for example "seed 0, 2,000 steps per task". */
  readonly stillSource: string;
}

/** A table of the numbers that a figure shows. */
export interface FigureTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface StillProps<Text> {
  readonly text: Text;
  readonly locale: Locale;
  readonly format: Format;
}

/** A scene without anything that runs: enough for a page without scripts, for print, and for search engines. */
export interface SceneDescription<Text extends SceneText> {
  readonly id: string;
  /** Of the running scene. */
  readonly badge: Badge;
  readonly text: Readonly<Record<Locale, Text>>;
  /** The figure before anything runs. Draws from run records or the model itself, and uses no hooks. */
  readonly still: {
    readonly badge: Badge;
    readonly Figure: (props: StillProps<Text>) => ReactNode;
    readonly table: (props: StillProps<Text>) => FigureTable;
  };
}

/** Checks a description as it is written; gives it back. */
export const describeScene = <Text extends SceneText>(description: SceneDescription<Text>): SceneDescription<Text> =>
  description;

/** Numbers in the reader's language. */
export interface Format {
  /** A fraction as whole percent. */
  percent(fraction: number): string;
  number(value: number, digits?: number): string;
  seconds(value: number): string;
}

export function formatFor(locale: Locale): Format {
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const seconds = new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', maximumFractionDigits: 1 });
  return {
    percent: (fraction) => percent.format(fraction),
    number: (value, digits = 2) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value),
    seconds: (value) => seconds.format(value),
  };
}
