import type { RunRecord } from '@engram/contracts';
import { mean, pairedDifference, standardError } from '@engram/metrics';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError, exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { prepareFolder } from '../job.ts';
import { parallelJobs, runJobs, unfinished } from '../jobs.ts';
import type { Job } from '../jobs.ts';
import { compareFile, readJson, readRecord, writeJson } from '../run-folder.ts';
import { seedsOf } from '../seeds.ts';
import { curvesChart } from '../terminal/curves.ts';
import { styleFor } from '../terminal/style.ts';
import { percent, table } from '../terminal/table.ts';
import { requireUsedSettings, shortHash, specFor } from './request.ts';
import type { ExperimentOptions } from './request.ts';

export interface CompareOptions extends ExperimentOptions {
  readonly strategies: string;
  readonly seed?: number;
  readonly seeds?: string;
  readonly jobs: number | 'auto';
  readonly json?: boolean;
}

/** What a comparison is made of, as compare.json. */
const Comparison = z.strictObject({
  title: z.string(),
  strategies: z.array(z.string()).min(1),
  seeds: z.array(z.int().nonnegative()).min(1),
  engine: z.enum(['auto', 'native', 'tensorflow', 'wasm', 'webgpu', 'webgl', 'cpu']),
});
type Comparison = z.infer<typeof Comparison>;

export async function compare(
  preset: string,
  options: CompareOptions,
  sources: Readonly<Record<string, string>>,
): Promise<ExitCode> {
  const strategies = [...new Set(options.strategies.split(',').map((name) => name.trim()))];
  requireUsedSettings(options.set, strategies);
  const built = await Promise.all(strategies.map((strategy) => specFor(preset, strategy, options, sources)));
  const [first] = built;
  if (first === undefined)
    throw new CliError(exitCodes.usage, 'Name the strategies to compare, for example --strategies none,ewc,er.');
  const seeds = seedsOf(options, [0, 1, 2]);
  const { scenario } = first.spec;
  const key = shortHash(JSON.stringify(built.map(({ spec }) => spec)));
  const folder = options.out ?? join('runs', `compare-${preset}-${scenario}-${key}`);
  for (const [i, strategy] of strategies.entries()) {
    const own = built[i];
    if (own !== undefined) await prepareFolder(join(folder, strategy), own.spec, options.force ?? false);
  }
  const comparison: Comparison = {
    title: `${preset}, ${scenario} scenario`,
    strategies,
    seeds: [...seeds],
    engine: options.engine,
  };
  await writeJson(compareFile(folder), comparison);
  if (!options.quiet)
    for (const warning of new Set(built.flatMap(({ warnings }) => warnings))) console.error(`note: ${warning}`);
  return runComparison(folder, comparison, options);
}

type ComparisonOptions = Partial<Pick<CompareOptions, 'jobs' | 'quiet' | 'json' | 'offline' | 'allowOtherEngine'>>;

export async function continueComparison(folder: string, options: ComparisonOptions): Promise<ExitCode> {
  const parsed = Comparison.safeParse(await readJson(compareFile(folder)));
  if (!parsed.success)
    throw new CliError(
      exitCodes.usage,
      `${compareFile(folder)} is damaged: ${parsed.error.issues[0]?.message ?? ''}. Start the comparison again; finished runs are kept.`,
    );
  return runComparison(folder, parsed.data, options);
}

interface ComparedJob extends Job {
  readonly strategy: string;
}

/** Runs what is not finished, each in a process of its own, and shows the table. */
async function runComparison(folder: string, comparison: Comparison, options: ComparisonOptions): Promise<ExitCode> {
  const { strategies, seeds } = comparison;
  const all = seeds.flatMap((seed) =>
    strategies.map((strategy): ComparedJob => ({ folder: join(folder, strategy), label: strategy, strategy, seed })),
  );
  const open = await unfinished(all);
  const jobs = parallelJobs(options.jobs);
  const say = (line: string): void => {
    if (!options.quiet) console.error(line);
  };
  say(
    `${comparison.title}: ${all.length} runs, ${all.length - open.length} finished already, ${Math.min(jobs, open.length)} at a time; results in ${folder}`,
  );
  const status = await runJobs(open, { ...options, engine: comparison.engine });
  const records = await Promise.all(all.map(async (job) => ({ job, record: await readRecord(job.folder, job.seed) })));
  const finished = records.flatMap(({ job, record }) => (record?.status === 'finished' ? [{ ...job, record }] : []));
  if (options.json)
    console.log(
      JSON.stringify(
        finished.map(({ record }) => record),
        null,
        2,
      ),
    );
  else if (finished.length > 0) console.log(comparisonText(comparison, finished));
  if (status === exitCodes.ok) say(`next: npx engram report ${folder}`);
  else say(`not finished; go on with: npx engram resume ${folder}`);
  return status;
}

function comparisonText(
  { title, strategies }: Comparison,
  finished: readonly (ComparedJob & { readonly record: RunRecord })[],
): string {
  const style = styleFor(process.stdout);
  const of = (strategy: string) => finished.filter((run) => run.strategy === strategy);
  const values = (
    runs: readonly { readonly record: RunRecord }[],
    pick: (record: RunRecord) => number | null,
  ): number[] => runs.flatMap(({ record }) => pick(record) ?? []);
  const shown = (list: readonly number[]): string => {
    if (list.length === 0) return '–';
    const error = standardError(list);
    return `${percent(mean(list))}${error === null ? '' : ` ± ${percent(error)}`}`;
  };
  const [base] = strategies;
  const rows = strategies.map((strategy) => {
    const own = of(strategy);
    const shared = own.flatMap((run) => {
      const other = of(base ?? '').find(({ seed }) => seed === run.seed);
      const [a, b] = [run.record.summary.averageAccuracy, other?.record.summary.averageAccuracy];
      return a === null || b === null || b === undefined ? [] : [{ a, b }];
    });
    const difference =
      shared.length === 0 || strategy === base
        ? null
        : pairedDifference(
            shared.map(({ a }) => a),
            shared.map(({ b }) => b),
          );
    const sign = difference !== null && difference.mean >= 0 ? '+' : '';
    return [
      strategy,
      shown(values(own, ({ summary }) => summary.averageAccuracy)),
      difference === null
        ? ''
        : `${sign}${percent(difference.mean)}${difference.standardError === null ? '' : ` ± ${percent(difference.standardError)}`}`,
      shown(values(own, ({ summary }) => summary.forgetting)),
      String(own.length),
      mean(own.length === 0 ? [0] : own.map(({ record }) => record.iterationsPerSecond)).toFixed(0),
    ];
  });
  const curves = strategies.flatMap((strategy) => {
    const own = of(strategy);
    const length = Math.min(...own.map(({ record }) => record.curve.length));
    if (own.length === 0 || length === 0) return [];
    return [
      {
        label: strategy,
        values: Array.from({ length }, (_, i) => mean(own.map(({ record }) => record.curve[i] ?? 0))),
      },
    ];
  });
  return [
    style.bold(title),
    'Average accuracy in percent over all tasks at the end, mean ± SEM over seeds:',
    '',
    table([['', 'accuracy', `against ${base ?? ''}`, 'forgetting', 'n', 'steps/s'], ...rows]),
    '',
    'Mean accuracy on the tasks learned so far:',
    curvesChart(curves, style),
  ].join('\n');
}
