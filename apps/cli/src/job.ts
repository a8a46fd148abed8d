import type { ExperimentEvent, ExperimentSpec, RunRecord } from '@engram/contracts';
import { runExperiment, specHash } from '@engram/experiment';
import type { Environment } from '@engram/experiment';
import { encodeModel } from '@engram/export';
import { rm } from 'node:fs/promises';
import { CliError, exitCodes } from './exit.ts';
import {
  checkpointFile,
  modelFile,
  readIfThere,
  readRecord,
  readSpec,
  recordFile,
  seedFolder,
  seedsIn,
  specFile,
  writeJson,
  writeWhole,
} from './run-folder.ts';

export interface JobOptions {
  readonly folder: string;
  readonly spec: ExperimentSpec;
  readonly seed: number;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly allowOtherEngine: boolean;
  /** Write the trained weights beside the record. */
  readonly keepModel: boolean;
  readonly onEvent: (event: ExperimentEvent) => void;
  readonly say: (line: string) => void;
}

/**
 * Runs one seed in its folder and gives the record: a finished run of the same specification is taken as it is, an
 * unfinished one goes on from its checkpoint. The record is written when the run ends, however it ends.
 */
export async function runJob(options: JobOptions): Promise<RunRecord> {
  const { folder, spec, seed, environment, signal, allowOtherEngine, keepModel, onEvent, say } = options;
  const { name, variant } = environment.engine;
  const known = await readRecord(folder, seed);
  if (known?.status === 'finished' && known.specHash === (await specHash(spec))) {
    if (known.engine.name === name && known.engine.variant === variant) {
      say(`seed ${seed} is finished already (${recordFile(folder, seed)})`);
      return known;
    }
    throw new CliError(
      exitCodes.conflict,
      `${recordFile(folder, seed)} is the same run on another engine (${known.engine.name} ${known.engine.variant}; now ${name} ${variant}). Choose another --out, or --force to replace it.`,
    );
  }
  const checkpoint = await readIfThere(checkpointFile(folder, seed));
  if (checkpoint !== undefined) say(`seed ${seed} goes on from its checkpoint`);
  let record: RunRecord | undefined;
  const events = runExperiment(spec, {
    seed,
    environment,
    signal,
    allowOtherEngine,
    saveCheckpoint: (bytes) => writeWhole(checkpointFile(folder, seed), bytes),
    ...(keepModel ? { saveModel: (model) => writeWhole(modelFile(folder, seed), encodeModel(model)) } : {}),
    ...(checkpoint === undefined ? {} : { resumeFrom: checkpoint }),
  });
  for await (const event of events) {
    if ('record' in event) {
      record = event.record;
      await writeJson(recordFile(folder, seed), record);
    }
    onEvent(event);
  }
  if (record === undefined) throw new Error('the run ended without a record');
  if (record.status === 'finished') await rm(checkpointFile(folder, seed), { force: true });
  return record;
}

/**
 * Makes the folder ready: its spec.json is this specification, or the folder is in conflict with it. `force` removes
 * what an experiment has written there, and nothing else.
 */
export async function prepareFolder(folder: string, spec: ExperimentSpec, force: boolean): Promise<void> {
  const there = await readIfThere(specFile(folder));
  if (there !== undefined) {
    if (force) {
      for (const seed of await seedsIn(folder)) await rm(seedFolder(folder, seed), { recursive: true, force: true });
    } else {
      if ((await specHash(await readSpec(folder))) === (await specHash(spec))) return;
      throw new CliError(
        exitCodes.conflict,
        `${folder} holds results of another experiment. Choose another --out, or --force to replace them.`,
      );
    }
  }
  await writeJson(specFile(folder), spec);
}
