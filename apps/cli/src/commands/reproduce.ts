import type { RunRecord } from '@engram/contracts';
import type { EngineName } from '@engram/engine';
import { buildSpec, reproductions, suggestion, verdicts } from '@engram/experiment';
import type { Reproduction, Scale, Verdict } from '@engram/experiment';
import { mean, standardError } from '@engram/metrics';
import { join } from 'node:path';
import { CliError, exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { prepareFolder } from '../job.ts';
import { parallelJobs, runJobs, unfinished } from '../jobs.ts';
import { readRecord } from '../run-folder.ts';
import { parseSeeds } from '../seeds.ts';
import { styleFor } from '../terminal/style.ts';
import { percent, table, wrap } from '../terminal/table.ts';

export interface ReproduceOptions {
  readonly scale: Scale;
  readonly seeds?: string;
  readonly jobs: number | 'auto';
  readonly engine: EngineName | 'auto';
  readonly out?: string;
  readonly list?: boolean;
  readonly json?: boolean;
  readonly offline?: boolean;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

/** Runs what a published result consists of and compares it with its band. */
export async function reproduce(id: string | undefined, options: ReproduceOptions): Promise<ExitCode> {
  if (id === undefined || options.list) {
    list(options);
    return exitCodes.ok;
  }
  const reproduction = reproductions.find((known) => known.id === id);
  if (reproduction === undefined) {
    const known = reproductions.map((other) => other.id);
    throw new CliError(exitCodes.notFound, `There is no reproduction "${id}". ${suggestion(id, known)}`);
  }
  const { scale } = options;
  const rows = reproduction.rows[scale];
  const seeds = options.seeds === undefined ? reproduction.seeds[scale] : parseSeeds(options.seeds);
  const folder = options.out ?? join('runs', `reproduce-${id.replaceAll('/', '-')}-${scale}`);
  for (const { name, request } of rows) {
    await prepareFolder(join(folder, name), buildSpec(request).spec, options.force ?? false);
  }
  const all = seeds.flatMap((seed) => rows.map(({ name }) => ({ folder: join(folder, name), label: name, seed })));
  const open = await unfinished(all);
  if (!options.quiet) {
    console.error(
      `${id}, ${scale} scale: ${all.length} runs, ${all.length - open.length} finished already, ${Math.min(parallelJobs(options.jobs), open.length)} at a time; results in ${folder}`,
    );
  }
  const status = await runJobs(open, options);
  if (status !== exitCodes.ok) {
    if (!options.quiet) console.error('not finished; give the same command again to go on');
    return status;
  }
  const measured: Record<string, readonly number[]> = {};
  for (const { name } of rows) {
    const records = await Promise.all(seeds.map((seed) => readRecord(join(folder, name), seed)));
    measured[name] = records.flatMap((record: RunRecord | undefined) => record?.summary.averageAccuracy ?? []);
  }
  const found = verdicts(rows, measured);
  if (options.json) console.log(JSON.stringify({ id, scale, seeds, verdicts: found }, null, 2));
  else console.log(verdictText(reproduction, scale, seeds, found));
  return found.some(({ holds }) => holds === false) ? exitCodes.outsideBand : exitCodes.ok;
}

function list({ json }: ReproduceOptions): void {
  if (json) {
    const entries = reproductions.map(({ id, title, paper, seeds, differs }) => ({ id, title, paper, seeds, differs }));
    console.log(JSON.stringify(entries, null, 2));
    return;
  }
  for (const { id, title, paper } of reproductions) {
    console.log(`${id}\n${indented(title)}\n${indented(paper)}`);
  }
  console.log('\nengram reproduce <id> runs one; --scale paper follows the published protocol.');
}

const indented = (text: string): string => `  ${wrap(text, 76).replaceAll('\n', '\n  ')}`;

function verdictText(
  { title, paper, told, publishedIn, differs }: Reproduction,
  scale: Scale,
  seeds: readonly number[],
  found: readonly Verdict[],
): string {
  const style = styleFor(process.stdout);
  const rows = found.map(({ row, published, expected, measured, holds }) => {
    const error = standardError(measured);
    return [
      row,
      published === undefined ? '' : published.toFixed(1),
      expected,
      measured.length === 0 ? '–' : `${percent(mean(measured))}${error === null ? '' : ` ± ${percent(error)}`}`,
      holds === undefined ? '' : holds ? 'as expected' : 'OUTSIDE',
    ];
  });
  return [
    style.bold(wrap(title)),
    wrap(paper),
    wrap(`Told: ${told}`),
    ...(publishedIn === undefined ? [] : [wrap(`Published: ${publishedIn}.`)]),
    wrap(`${differs[scale]} Average accuracy in percent, ${seeds.length} seed${seeds.length === 1 ? '' : 's'}.`),
    '',
    table([['', 'published', 'expected', 'measured', 'verdict'], ...rows]),
  ].join('\n');
}
