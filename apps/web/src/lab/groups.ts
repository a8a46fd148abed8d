import type { StrategyName } from '@engram/contracts';
import { mean, standardError } from '@engram/metrics';
import type { RunView } from '@engram/scene-kit';

/** Runs of one network that differ in their seed alone. */
export interface Group {
  /** Unique in the page. */
  readonly id: string;
  readonly label: string;
  readonly runs: readonly RunView[];
  /** Runs of an earlier start that the reader kept. */
  readonly kept: boolean;
}

export interface Point {
  readonly mean: number;
  /** Standard error of the mean over seeds; null with one seed. */
  readonly spread: number | null;
}

/** Mean accuracy on the tasks seen, after each task. */
const curveOf = ({ matrix }: RunView): readonly number[] => matrix.slice(1).map((row, i) => mean(row.slice(0, i + 1)));

const pointOf = (values: readonly number[]): Point => ({
  mean: mean(values),
  spread: values.length < 2 ? null : standardError(values),
});

/** Mean and standard error over those seeds that have got as far, after each task. */
export function curvesOf({ runs }: Group): readonly Point[] {
  const curves = runs.map(curveOf);
  const longest = Math.max(0, ...curves.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => pointOf(curves.flatMap((curve) => curve[i] ?? [])));
}

/** What is kept in the end; null before every seed is there. */
export function endOf({ runs }: Group): Point | null {
  const ends = runs.flatMap(({ record }) => record?.summary.averageAccuracy ?? []);
  return ends.length < runs.length ? null : pointOf(ends);
}

/** How much was forgotten on average; null before every seed is there, and with a single task. */
export function forgottenOf({ runs }: Group): Point | null {
  const values = runs.flatMap(({ record }) => record?.summary.forgetting ?? []);
  return values.length < runs.length ? null : pointOf(values);
}

/** The mean of the seeds' matrices as far as all of them have got. */
export function matrixOf({ runs }: Group): readonly (readonly number[])[] {
  const rows = Math.min(...runs.map(({ matrix }) => matrix.length));
  return Array.from({ length: rows }, (_, i) =>
    (runs[0]?.matrix[i] ?? []).map((_value, j) => mean(runs.map(({ matrix }) => matrix[i]?.[j] ?? 0))),
  );
}

/** Runs by network, in the order in which they were asked for. */
export function groupsOf(
  runs: readonly RunView[],
  labelOf: (names: readonly StrategyName[]) => string,
  kept = '',
): readonly Group[] {
  const started = runs.filter(({ matrix }) => matrix.length > 1);
  return [...Map.groupBy(started, ({ job }) => job.request.strategy ?? 'none')].map(([strategy, own]) => {
    // jobs of the laboratory name strategies of its own list
    const names = (strategy === 'none' ? [] : strategy.split('+')) as readonly StrategyName[];
    return {
      id: `${strategy}${kept}`,
      label: `${labelOf(names)}${kept === '' ? '' : ` (${kept})`}`,
      runs: own,
      kept: kept !== '',
    };
  });
}
