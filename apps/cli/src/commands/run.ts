import type { RunRecord } from '@engram/contracts';
import { strategyLabel } from '@engram/experiment';
import type { BuiltSpec } from '@engram/experiment';
import { mean, standardError } from '@engram/metrics';
import { nodeEnvironment } from '@engram/experiment/node';
import { exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import { prepareFolder, runJob } from '../job.ts';
import { seedsOf } from '../seeds.ts';
import { matrixLines } from '../terminal/matrix.ts';
import { createProgress, duration } from '../terminal/progress.ts';
import { styleFor } from '../terminal/style.ts';
import { percent, table } from '../terminal/table.ts';
import { defaultFolder, originLines, requireUsedSettings, specFor } from './request.ts';
import type { ExperimentOptions } from './request.ts';
import { version } from '../version.ts';

export interface RunCommandOptions extends ExperimentOptions {
  readonly strategy: string;
  readonly seed?: number;
  readonly seeds?: string;
  readonly json?: boolean;
  readonly jsonl?: boolean;
}

export async function run(
  preset: string,
  options: RunCommandOptions,
  sources: Readonly<Record<string, string>>,
): Promise<ExitCode> {
  requireUsedSettings(options.set, [options.strategy]);
  const built = await specFor(preset, options.strategy, options, sources);
  if (options.showOrigin) {
    console.log(originLines(built));
    return exitCodes.ok;
  }
  const folder = options.out ?? (await defaultFolder(preset, built));
  return runFolder(folder, built, seedsOf(options, [0]), {
    ...options,
    title: `${preset} ${built.spec.scenario} ${strategyLabel(built.spec)}`,
  });
}

export interface RunFolderOptions extends Pick<
  RunCommandOptions,
  'engine' | 'offline' | 'force' | 'quiet' | 'json' | 'jsonl' | 'allowOtherEngine'
> {
  readonly title: string;
}

/** Runs every seed in a folder and shows the results. */
export async function runFolder(
  folder: string,
  { spec, warnings }: Pick<BuiltSpec, 'spec' | 'warnings'>,
  seeds: readonly number[],
  options: RunFolderOptions,
): Promise<ExitCode> {
  const data = options.json === true || options.jsonl === true;
  const say = (line: string): void => {
    if (!options.quiet) console.error(line);
  };
  await prepareFolder(folder, spec, options.force ?? false);
  for (const warning of warnings) say(`note: ${warning}`);
  const environment = await nodeEnvironment({
    engine: options.engine,
    version,
    offline: options.offline ?? false,
    say,
  });
  const { name, variant } = environment.engine;
  say(
    `${options.title}: ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'} on ${name} (${variant}), results in ${folder}`,
  );
  const interrupt = interruptible(say);
  const style = styleFor(process.stderr);
  const records: RunRecord[] = [];
  for (const seed of seeds) {
    const progress = createProgress(`seed ${seed}`, { stream: process.stderr, style, quiet: options.quiet ?? false });
    const record = await runJob({
      folder,
      spec,
      seed,
      environment,
      signal: interrupt.signal,
      allowOtherEngine: options.allowOtherEngine ?? false,
      keepModel: true,
      onEvent: (event) => {
        progress.show(event);
        if (options.jsonl) console.log(JSON.stringify(event));
      },
      say,
    });
    progress.clear();
    records.push(record);
    if (record.status === 'interrupted') {
      say(`stopped; go on with: npx engram resume ${folder}`);
      break;
    }
    if (record.failure !== null) say(record.failure.message);
  }
  if (options.json) console.log(JSON.stringify(seeds.length === 1 ? records[0] : records, null, 2));
  if (!data) console.log(summaryText(records));
  if (interrupt.signal.aborted) return interrupt.code();
  return records.some(({ status }) => status === 'diverged') ? exitCodes.failed : exitCodes.ok;
}

/** The matrix of the first run and a table of all. */
function summaryText(records: readonly RunRecord[]): string {
  const style = styleFor(process.stdout);
  const [first] = records;
  if (first === undefined) return '';
  const parts: string[] = [];
  if (first.matrix.length > 1) {
    parts.push(`Accuracy in % on each task (columns) after each one learned (rows), seed ${first.seed}:`);
    const wide = (first.matrix[0]?.length ?? 0) > 16;
    parts.push(
      wide
        ? `  last row: ${(first.matrix.at(-1) ?? []).map((value) => Math.round(100 * value)).join(' ')}`
        : matrixLines(first.matrix, style).join('\n'),
    );
    parts.push('');
  }
  parts.push(
    table([
      ['seed', 'accuracy', 'forgetting', 'when learned', 'steps/s', 'time', 'weights'],
      ...records.map(({ seed, summary, iterationsPerSecond, seconds, weightsHash, status }) => [
        status === 'finished' ? String(seed) : `${seed} (${status})`,
        percent(summary.averageAccuracy),
        percent(summary.forgetting),
        percent(summary.learningAccuracy),
        iterationsPerSecond.toFixed(0),
        duration(seconds.total),
        weightsHash.slice(0, 8),
      ]),
    ]),
  );
  const accuracies = records.flatMap(({ status, summary }) =>
    status === 'finished' && summary.averageAccuracy !== null ? [summary.averageAccuracy] : [],
  );
  if (accuracies.length > 1) {
    parts.push(
      '',
      `average accuracy ${percent(mean(accuracies))} ± ${percent(standardError(accuracies))} % (mean ± SEM, n = ${accuracies.length})`,
    );
  }
  return parts.join('\n');
}
