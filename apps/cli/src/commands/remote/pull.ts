import type { RunDetail, RunEvent } from '@engram/contracts/service';
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { CliError, exitCodes } from '../../exit.ts';
import type { ExitCode } from '../../exit.ts';
import { asking, connect } from '../../remote/connection.ts';
import type { Connection } from '../../remote/connection.ts';
import {
  checkpointFile,
  readIfThere,
  recordFile,
  seedFolder,
  specFile,
  writeJson,
  writeWhole,
} from '../../run-folder.ts';
import { runsUpTo } from './runs.ts';

export interface PullOptions {
  readonly url?: string;
  readonly out?: string;
  readonly force?: boolean;
}

/**
 * Fetches what a run, or every run of a sweep, has left behind, laid out as local runs are, so that `report` and `export` work on it.
 * Runs with the same specification share a folder, as seeds do.
 */
export async function pull(id: string, { url, out = join('runs', id), force = false }: PullOptions): Promise<ExitCode> {
  const remote = await connect(url);
  const head = await asking(remote, () => remote.api.runs.show.query({ id }));
  const ids =
    head.kind === 'run'
      ? [id]
      : (await asking(remote, () => runsUpTo(remote, { parent: id }, Infinity))).map((child) => child.id);
  const runs: RunDetail[] = [];
  for (const one of ids) runs.push(await asking(remote, () => remote.api.runs.show.query({ id: one })));
  const groups = Map.groupBy(runs, ({ specHash }) => specHash);
  const folderOf = ({ strategy, specHash }: RunDetail): string =>
    groups.size === 1 ? out : join(out, `${strategy}-${specHash.slice(0, 6)}`);
  for (const [run] of groups.values()) {
    if (run === undefined || force || (await readIfThere(specFile(folderOf(run)))) === undefined) continue;
    throw new CliError(
      exitCodes.conflict,
      `${folderOf(run)} holds results already. Choose another --out, or --force to replace them.`,
    );
  }
  for (const [i, run] of runs.entries()) {
    console.error(`${i + 1} of ${runs.length}: ${run.id}`);
    await asking(remote, () => pullRun(remote, run, folderOf(run)));
  }
  // last, so that a pull that was broken off can simply be made again
  for (const [run] of groups.values()) if (run !== undefined) await writeJson(specFile(folderOf(run)), run.spec);
  console.error(`${runs.length} ${runs.length === 1 ? 'run' : 'runs'} in ${out}`);
  return exitCodes.ok;
}

async function pullRun(remote: Connection, run: RunDetail, folder: string): Promise<void> {
  const seed = run.seed ?? 0;
  const events = await everyEvent(remote, run.id);
  await writeWhole(
    join(seedFolder(folder, seed), 'events.jsonl'),
    events.map((event) => `${JSON.stringify(event)}\n`).join(''),
  );
  const { items } = await remote.api.runs.artifacts.query({ id: run.id });
  for (const { name, url, sha256 } of items) {
    // where a run that is over would go on is of no use
    if (name === 'checkpoint' && run.status === 'succeeded') continue;
    const bytes = new Uint8Array(await (await remote.fetch(url)).arrayBuffer());
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
      throw new CliError(exitCodes.network, `${name} of ${run.id} was changed on its way. Pull again.`);
    }
    await writeWhole(join(seedFolder(folder, seed), localName(name)), bytes);
  }
  if (run.record !== null) await writeJson(recordFile(folder, seed), run.record);
}

/** A service is not trusted to choose where on this machine something is written. */
function localName(name: string): string {
  if (name === 'checkpoint') return basename(checkpointFile('', 0));
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$/.test(name)) return name;
  throw new CliError(exitCodes.failed, `The service calls an artifact "${name}", which is no plain file name.`);
}

async function everyEvent({ api }: Connection, id: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for (let since = 0; ;) {
    const page = await api.runs.events.query({ id, since, limit: 1000 });
    events.push(...page.items);
    since = page.items.at(-1)?.seq ?? since;
    if (page.items.length === 0 || since >= page.last) return events;
  }
}
