import { ExperimentEvent } from '@engram/contracts';
import type { RunRecord } from '@engram/contracts';
import { mean, pairedDifference, standardError } from '@engram/metrics';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { CliError, exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { prepareFolder } from '../job.ts';
import { compareFile, readJson, readRecord, writeJson } from '../run-folder.ts';
import { seedsOf } from '../seeds.ts';
import { curvesChart } from '../terminal/curves.ts';
import { duration } from '../terminal/progress.ts';
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

interface Job {
  readonly strategy: string;
  readonly seed: number;
}

/** Runs what is not finished, each in a process of its own, and shows the table. */
async function runComparison(folder: string, comparison: Comparison, options: ComparisonOptions): Promise<ExitCode> {
  const { strategies, seeds } = comparison;
  const all = seeds.flatMap((seed) => strategies.map((strategy): Job => ({ strategy, seed })));
  const open: Job[] = [];
  for (const job of all) {
    if ((await readRecord(join(folder, job.strategy), job.seed))?.status !== 'finished') open.push(job);
  }
  const jobs = options.jobs === undefined || options.jobs === 'auto' ? availableParallelism() : options.jobs;
  const say = (line: string): void => {
    if (!options.quiet) console.error(line);
  };
  say(
    `${comparison.title}: ${all.length} runs, ${all.length - open.length} finished already, ${Math.min(jobs, open.length)} at a time; results in ${folder}`,
  );
  const status = await runAll(folder, open, comparison.engine, jobs, options);
  const records = await Promise.all(
    all.map(async (job) => ({ job, record: await readRecord(join(folder, job.strategy), job.seed) })),
  );
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

async function runAll(
  folder: string,
  open: readonly Job[],
  engine: string,
  jobs: number,
  options: ComparisonOptions,
): Promise<ExitCode> {
  const board = createBoard(open.length, options.quiet ?? false);
  const running = new Set<ChildProcess>();
  const end: { stopped?: ExitCode; worst: ExitCode } = { worst: exitCodes.ok };
  const stop = (code: ExitCode, signal: NodeJS.Signals) => (): void => {
    const again = end.stopped !== undefined;
    end.stopped = code;
    for (const child of running) child.kill(again ? 'SIGKILL' : signal);
  };
  const onInterrupt = stop(exitCodes.interrupted, 'SIGTERM');
  const onTerminate = stop(exitCodes.terminated, 'SIGTERM');
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  const queue = [...open];
  const worker = async (): Promise<void> => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      const code = await runChild(folder, job, engine, running, options, board);
      if (end.stopped !== undefined) return;
      if (code !== exitCodes.ok) end.worst = code;
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker));
  process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
  board.clear();
  return end.stopped ?? end.worst;
}

/** One run as a process of its own, in a process group of its own so that Ctrl-C reaches it through us only. */
function runChild(
  folder: string,
  { strategy, seed }: Job,
  engine: string,
  running: Set<ChildProcess>,
  options: ComparisonOptions,
  board: Board,
): Promise<ExitCode> {
  const flags = [
    ...(options.offline ? ['--offline'] : []),
    ...(options.allowOtherEngine ? ['--allow-other-engine'] : []),
  ];
  const main = join(import.meta.dirname, '..', 'main.ts');
  const child = spawn(
    process.execPath,
    [main, 'job', join(folder, strategy), '--seed', String(seed), '--engine', engine, '--quiet', ...flags],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  running.add(child);
  const label = `${strategy} seed ${seed}`;
  const words: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = ExperimentEvent.safeParse(JSON.parse(line));
    if (event.success) board.show(label, event.data);
  });
  createInterface({ input: child.stderr }).on('line', (line) => words.push(line));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      running.delete(child);
      board.done(label);
      if (code !== 0 && words.length > 0) board.say(`${label}: ${words.join(' ')}`);
      resolve(Object.values(exitCodes).find((known) => known === code) ?? exitCodes.failed);
    });
  });
}

interface Board {
  show(label: string, event: ExperimentEvent): void;
  done(label: string): void;
  say(line: string): void;
  clear(): void;
}

/** Progress of several runs: one line on a terminal, a plain line every ten seconds elsewhere. */
function createBoard(total: number, quiet: boolean): Board {
  const live = process.stderr.isTTY && process.env['TERM'] !== 'dumb' && !process.env['CI'];
  const shares = new Map<string, { text: string; share: number; readonly steps: number; readonly perTask: number }>();
  const begun = performance.now();
  let last = begun;
  let done = 0;
  const clear = (): void => {
    if (live && !quiet) process.stderr.write('\r\u001b[2K');
  };
  return {
    clear,
    say: (line) => {
      clear();
      if (!quiet) console.error(line);
    },
    done: (label) => {
      shares.delete(label);
      done += 1;
    },
    show: (label, event) => {
      if (event.type === 'run-started') {
        shares.set(label, {
          text: label,
          share: 0,
          steps: event.totalIterations,
          perTask: event.spec.training.iterations,
        });
      }
      const own = shares.get(label);
      if (event.type === 'step' && own !== undefined) {
        own.share = (event.task * own.perTask + event.iteration) / own.steps;
        own.text = `${label} t${event.task + 1} ${event.iteration}`;
      }
      const now = performance.now();
      if (quiet || now - last < (live ? 200 : 10_000)) return;
      last = now;
      const share = (done + [...shares.values()].reduce((sum, { share }) => sum + share, 0)) / total;
      const left = share > 0.02 ? `, ${duration(((now - begun) / 1000) * (1 / share - 1))} left` : '';
      const line = `${done}/${total} runs done${left}  ${[...shares.values()].map(({ text }) => text).join(' | ')}`;
      if (live) process.stderr.write(`\r\u001b[2K${line.slice(0, (process.stderr.columns || 80) - 1)}`);
      else process.stderr.write(`${line}\n`);
    },
  };
}

function comparisonText(
  { title, strategies }: Comparison,
  finished: readonly (Job & { readonly record: RunRecord })[],
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
