import type { ExperimentSpec, RunRecord, RunSummary } from '@engram/contracts';
import { canonicalJson } from '@engram/contracts';
import type { Comparison, Metric, RunStatus } from '@engram/contracts/service';
import { mean, pairedDifference, standardError } from '@engram/metrics';

/** What a comparison needs of a run. */
export interface Compared {
  readonly id: string;
  readonly status: RunStatus;
  readonly seed: number;
  readonly spec: ExperimentSpec;
  readonly specHash: string;
  readonly strategy: string;
  readonly record: Pick<RunRecord, 'matrix' | 'summary'> | null;
}

const metrics: readonly Metric[] = [
  'averageAccuracy',
  'averageIncrementalAccuracy',
  'forgetting',
  'backwardTransfer',
  'forwardTransfer',
  'learningAccuracy',
];

/**
 * Runs side by side: matrices of one size, what their specifications differ in, mean ± standard error of every group of
 * runs that differ only in their seed, and a paired t-test of each group against the first over the seeds both have.
 */
export function compareRuns(runs: readonly Compared[]): Comparison {
  const byHash = Map.groupBy(runs, ({ specHash }) => specHash);
  const groups = [...byHash.values()];
  const groupOf = new Map([...byHash.keys()].map((hash, i) => [hash, i]));
  const specs = groups.flatMap(([first]) => (first === undefined ? [] : [leaves(first.spec)]));
  const differences = differingPaths(specs);
  const rows = Math.max(0, ...runs.map(({ record }) => record?.matrix.length ?? 0));
  const columns = Math.max(0, ...runs.map(({ record }) => record?.matrix[0]?.length ?? 0));

  return {
    runs: runs.map(({ id, status, seed, specHash, record }) => ({
      id,
      status,
      seed,
      group: groupOf.get(specHash) ?? 0,
      matrix: aligned(record?.matrix ?? [], rows, columns),
      summary: record?.summary ?? null,
    })),
    groups: groups.map((members, i) => ({
      specHash: members[0]?.specHash ?? '',
      label: members[0]?.strategy ?? '',
      settings: Object.fromEntries(differences.map((path) => [path, specs[i]?.get(path) ?? null])),
      metrics: Object.fromEntries(
        metrics.map((metric) => [metric, average(members, metric)]),
      ) as Comparison['groups'][number]['metrics'],
    })),
    differences,
    tests: groups
      .slice(1)
      .flatMap((members, i) => metrics.flatMap((metric) => test(metric, groups[0] ?? [], members, i + 1))),
  };
}

const aligned = (matrix: RunRecord['matrix'], rows: number, columns: number): (number | null)[][] =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => matrix[i]?.[j] ?? null));

const valueOf = ({ record }: Compared, metric: keyof RunSummary): number | null => record?.summary[metric] ?? null;

function average(members: readonly Compared[], metric: Metric) {
  const values = members.flatMap((run) => valueOf(run, metric) ?? []);
  return { n: values.length, mean: values.length === 0 ? null : mean(values), sem: standardError(values) };
}

function test(
  metric: Metric,
  first: readonly Compared[],
  second: readonly Compared[],
  index: number,
): Comparison['tests'] {
  const bySeed = new Map(first.map((run) => [run.seed, valueOf(run, metric)]));
  const pairs = second.flatMap((run) => {
    const a = bySeed.get(run.seed);
    const b = valueOf(run, metric);
    return a === undefined || a === null || b === null ? [] : [[a, b] as const];
  });
  if (pairs.length === 0) return [];
  const {
    n,
    mean: difference,
    standardError: sem,
    p,
  } = pairedDifference(
    pairs.map(([, b]) => b),
    pairs.map(([a]) => a),
  );
  return [{ metric, groups: [0, index], n, mean: difference, sem, p }];
}

type Json = Comparison['groups'][number]['settings'][string];

/** Every value of a specification by its path; a list of strategies by the strategies' names. */
function leaves(value: unknown, path = '', found = new Map<string, Json>()): Map<string, Json> {
  if (value !== null && typeof value === 'object' && !(Array.isArray(value) && value.every(isPlain))) {
    for (const [key, member] of Object.entries(value)) {
      const name = isNamed(member) && Array.isArray(value) ? member.name : key;
      leaves(member, path === '' ? name : `${path}.${name}`, found);
    }
  } else {
    found.set(path, value as Json);
  }
  return found;
}

const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object';
const isNamed = (value: unknown): value is { readonly name: string } =>
  value !== null && typeof value === 'object' && 'name' in value && typeof value.name === 'string';

function differingPaths(specs: readonly ReadonlyMap<string, Json>[]): string[] {
  const paths = [...new Set(specs.flatMap((spec) => [...spec.keys()]))];
  return paths.filter((path) => new Set(specs.map((spec) => canonicalJson(spec.get(path)))).size > 1);
}
