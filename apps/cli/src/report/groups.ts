import type { RunRecord } from '@engram/contracts';
import { strategyLabel } from '@engram/experiment';
import { mean, pairedDifference, standardError } from '@engram/metrics';
import type { PairedDifference } from '@engram/metrics';

/** Mean over seeds, and its standard error where there is more than one. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number | null;
  readonly n: number;
}

/** All seeds of one strategy on one stream. */
export interface Group {
  readonly strategy: string;
  readonly runs: readonly RunRecord[];
  readonly averageAccuracy: Estimate | null;
  readonly forgetting: Estimate | null;
  readonly learningAccuracy: Estimate | null;
  readonly curve: readonly Estimate[];
  /** Entry by entry over the seeds. */
  readonly matrix: readonly (readonly number[])[];
  /** Average accuracy minus that of the section's first strategy, over the seeds that both have. */
  readonly againstFirst: PairedDifference | null;
}

/** Everything on the same data, stream and scenario. */
export interface Section {
  readonly title: string;
  readonly groups: readonly Group[];
  /** What makes the numbers harder to compare than they look. */
  readonly cautions: readonly string[];
}

const estimate = (values: readonly (number | null)[]): Estimate | null => {
  const known = values.flatMap((value) => value ?? []);
  return known.length === 0 ? null : { mean: mean(known), standardError: standardError(known), n: known.length };
};

const streamTitle = ({ spec }: RunRecord): string => {
  const data = spec.data.source === 'own' ? spec.data.path : `${spec.data.dataset} (${spec.data.size})`;
  return `${data}, ${spec.stream.kind}, ${spec.stream.tasks} tasks, ${spec.scenario} scenario`;
};

/** Finished runs by stream, then by strategy, in the order in which they come. */
export function sections(records: readonly RunRecord[]): readonly Section[] {
  const finished = records.filter(({ status }) => status === 'finished');
  return [...Map.groupBy(finished, streamTitle)].map(([title, runs]) => {
    const byStrategy = [...Map.groupBy(runs, ({ spec }) => strategyLabel(spec))].sort(
      ([a], [b]) => Number(b === 'none') - Number(a === 'none'),
    );
    const [first] = byStrategy;
    return {
      title,
      groups: byStrategy.map(([strategy, own]) => group(strategy, own, first?.[1] ?? [])),
      cautions: cautions(
        runs,
        byStrategy.map(([, own]) => own),
      ),
    };
  });
}

function group(strategy: string, runs: readonly RunRecord[], first: readonly RunRecord[]): Group {
  const [sample] = runs;
  const learned = Math.min(...runs.map(({ curve }) => curve.length));
  const pairs = runs.flatMap((run) => {
    const other = first.find(({ seed }) => seed === run.seed);
    const [a, b] = [run.summary.averageAccuracy, other?.summary.averageAccuracy];
    return a === null || b === null || b === undefined ? [] : [{ a, b }];
  });
  const isFirst = runs === first;
  return {
    strategy,
    runs,
    averageAccuracy: estimate(runs.map(({ summary }) => summary.averageAccuracy)),
    forgetting: estimate(runs.map(({ summary }) => summary.forgetting)),
    learningAccuracy: estimate(runs.map(({ summary }) => summary.learningAccuracy)),
    curve: Array.from({ length: learned }, (_, i) => estimate(runs.map(({ curve }) => curve[i] ?? null))).flatMap(
      (point) => point ?? [],
    ),
    matrix: (sample?.matrix ?? []).map((row, i) =>
      row.map((_, j) => mean(runs.map(({ matrix }) => matrix[i]?.[j] ?? 0))),
    ),
    againstFirst:
      isFirst || pairs.length === 0
        ? null
        : pairedDifference(
            pairs.map(({ a }) => a),
            pairs.map(({ b }) => b),
          ),
  };
}

function cautions(runs: readonly RunRecord[], groups: readonly (readonly RunRecord[])[]): readonly string[] {
  const distinct = (pick: (run: RunRecord) => string): readonly string[] => [...new Set(runs.map(pick))];
  const list: string[] = [];
  const engines = distinct(({ engine }) => `${engine.name} ${engine.variant}`);
  if (engines.length > 1) list.push(`The runs used different engines (${engines.join(', ')}).`);
  const settings = distinct(({ spec: { strategies: _, ...rest } }) => JSON.stringify(rest));
  if (settings.length > 1) list.push('The runs differ in more than their strategies; see the settings below.');
  if (groups.some((own) => new Set(own.map(({ specHash }) => specHash)).size > 1))
    list.push('One strategy was run with several settings; its rows average over them.');
  if (groups.some((own) => own.length === 1))
    list.push('Some strategies were run with one seed only, so nothing can be said about their spread.');
  return list;
}
