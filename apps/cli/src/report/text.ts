import type { Estimate, Group, Section } from './groups.ts';

/** Percent with one decimal, with the standard error where there is one. */
export const shown = (estimate: Estimate | null): string => {
  if (estimate === null) return '–';
  const { mean, standardError } = estimate;
  return standardError === null ? percent(mean) : `${percent(mean)} ± ${percent(standardError)}`;
};

export const percent = (fraction: number): string => (100 * fraction).toFixed(1);

export const difference = ({ againstFirst }: Group): string => {
  if (againstFirst === null) return '';
  const { mean, standardError } = againstFirst;
  const sign = mean >= 0 ? '+' : '−';
  return `${sign}${percent(Math.abs(mean))}${standardError === null ? '' : ` ± ${percent(standardError)}`}`;
};

export const resultColumns = [
  'strategy',
  'average accuracy, %',
  'against the first, points',
  'forgetting, points',
  'learning accuracy, %',
  'seeds',
] as const;

export const resultRow = (group: Group): readonly string[] => [
  group.strategy,
  shown(group.averageAccuracy),
  difference(group),
  shown(group.forgetting),
  shown(group.learningAccuracy),
  String(group.runs.length),
];

/** The finding in one sentence, from the numbers. */
export function headline({ groups }: Section): string {
  const ranked = groups
    .filter(({ averageAccuracy }) => averageAccuracy !== null)
    .toSorted((a, b) => (b.averageAccuracy?.mean ?? 0) - (a.averageAccuracy?.mean ?? 0));
  const [best] = ranked;
  const worst = ranked.at(-1);
  if (best === undefined || worst === undefined) return 'No run is finished yet.';
  if (best === worst) return `${best.strategy} keeps ${shown(best.averageAccuracy)} % on average over all tasks.`;
  return `${best.strategy} keeps most, ${shown(best.averageAccuracy)} % on average over all tasks; ${worst.strategy} least, ${shown(worst.averageAccuracy)} %.`;
}
