import type { ExperimentSpec } from '@engram/contracts';
import type { Priority } from '@engram/contracts/service';
import { parseSpec } from '@engram/experiment';
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { CliError, exitCodes } from '../../exit.ts';
import type { ExitCode } from '../../exit.ts';
import { asking, connect, remoteError } from '../../remote/connection.ts';
import type { Connection } from '../../remote/connection.ts';
import { readJson, specFile } from '../../run-folder.ts';
import { seedsOf } from '../../seeds.ts';
import { duration } from '../../terminal/progress.ts';
import { requireUsedSettings, specFor } from '../request.ts';
import type { ExperimentOptions } from '../request.ts';
import { watchRun } from './watch.ts';

export interface SubmitOptions extends Omit<ExperimentOptions, 'engine' | 'out' | 'offline' | 'force'> {
  readonly url?: string;
  readonly json?: boolean;
  readonly strategy?: string;
  readonly seed?: number;
  readonly seeds?: string;
  readonly id?: string;
  readonly name?: string;
  readonly tag?: string[];
  readonly priority: Priority;
  readonly dryRun?: boolean;
  readonly watch?: boolean;
}

export async function submit(
  preset: string,
  options: SubmitOptions,
  sources: Readonly<Record<string, string>>,
): Promise<ExitCode> {
  const spec = await specificationOf(preset, options, sources);
  if (spec.data.source === 'own' && !spec.data.path.startsWith('dataset:')) {
    throw new CliError(
      exitCodes.usage,
      `${spec.data.path} is on this machine, where the service cannot read it. Upload it first (POST /v1/datasets), then give --data dataset:<id>.`,
    );
  }
  const remote = await connect(options.url);
  const input = {
    spec,
    seeds: [...seedsOf(options, [0])],
    priority: options.priority,
    tags: options.tag ?? [],
    dryRun: options.dryRun ?? false,
    ...(options.id === undefined ? {} : { id: options.id }),
    ...(options.name === undefined ? {} : { name: options.name }),
  };
  // the same key at every attempt: a submission whose answer was lost is not made twice
  const context = { idempotencyKey: randomUUID() };
  const created = await patiently(remote, () => remote.api.runs.create.mutate(input, { context }));
  for (const warning of created.warnings) console.error(`note: ${warning}`);
  if (options.json) console.log(JSON.stringify(created, null, 2));
  const { runs, seconds, multiplyAdds } = created.estimate;
  const time = seconds === null ? '' : `, about ${duration(seconds)} on one worker`;
  const cost = `${runs} ${runs === 1 ? 'run' : 'runs'}, ${multiplyAdds.toExponential(1)} multiply-adds${time}`;
  if (created.run === null) {
    if (!options.json) console.log(`would be accepted: ${cost}`);
    return exitCodes.ok;
  }
  const { id, status } = created.run;
  console.error(created.created ? `submitted: ${cost}` : `submitted before; it is ${status}`);
  if (!options.json) console.log(id);
  return options.watch ? watchRun(remote, id, { quiet: options.quiet ?? false }) : exitCodes.ok;
}

/** A file or folder with a specification is taken as it is; anything else names a preset. */
async function specificationOf(
  preset: string,
  options: SubmitOptions,
  sources: Readonly<Record<string, string>>,
): Promise<ExperimentSpec> {
  const folder = (await stat(preset).catch(() => undefined))?.isDirectory() ?? false;
  if (!folder && !preset.endsWith('.json')) {
    const strategy = options.strategy ?? 'none';
    requireUsedSettings(options.set, [strategy]);
    return (await specFor(preset, strategy, { ...options, engine: 'auto' }, sources)).spec;
  }
  const changed = [
    'strategy',
    'scenario',
    'tasks',
    'iterations',
    'batch',
    'hidden',
    'lr',
    'data',
    'set',
    'config',
  ] as const;
  const conflicting = changed.find((name) => options[name] !== undefined);
  if (conflicting !== undefined) {
    throw new CliError(
      exitCodes.usage,
      `${preset} is a complete specification, so --${conflicting} cannot change it. Edit the file, or name a preset.`,
    );
  }
  return parseSpec(await readJson(folder ? specFile(preset) : preset));
}

const pauses = [500, 2000, 5000];

/** Tries again where no answer came; a refusal is an answer. */
async function patiently<Result>(remote: Connection, work: () => Promise<Result>): Promise<Result> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      const told = remoteError(error, remote.url);
      if (!(told instanceof CliError) || told.code !== exitCodes.network) throw told;
      console.error(`no answer from ${remote.url}; trying again`);
      await wait(pause);
    }
  }
  return asking(remote, work);
}
