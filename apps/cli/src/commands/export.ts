import { exportModel } from '@engram/export';
import type { ExportFormat } from '@engram/export';
import { join } from 'node:path';
import { CliError, exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { compareFile, modelFile, readIfThere, readRecord, seedFolder, seedsIn, writeWhole } from '../run-folder.ts';

export interface ExportCommandOptions {
  readonly format: ExportFormat;
  readonly seed?: number;
  /** Counted from 1. */
  readonly task?: number;
  readonly out?: string;
}

/** Writes the trained model of a run in a format that other programs read, with a model card. */
export async function exportCommand(folder: string, options: ExportCommandOptions): Promise<ExitCode> {
  const seed = options.seed ?? (await onlySeed(folder));
  const record = await readRecord(folder, seed);
  const model = await readIfThere(modelFile(folder, seed));
  if (record === undefined || model === undefined) throw await nothingToExport(folder, seed);
  const files = exportModel(new Uint8Array(model), record, {
    format: options.format,
    task: options.task === undefined ? undefined : options.task - 1,
  });
  const out = options.out ?? join(seedFolder(folder, seed), `export-${options.format}`);
  for (const { path, content } of files) await writeWhole(join(out, path), content);
  console.error(`${files.length} files written to ${out}; README.md there is the model card`);
  return exitCodes.ok;
}

async function onlySeed(folder: string): Promise<number> {
  const seeds = await seedsIn(folder).catch(() => []);
  const [first, second] = seeds;
  if (first === undefined) throw await nothingToExport(folder, undefined);
  if (second !== undefined) {
    throw new CliError(
      exitCodes.usage,
      `${folder} holds the seeds ${seeds.join(', ')}. Choose the one to export with --seed.`,
    );
  }
  return first;
}

async function nothingToExport(folder: string, seed: number | undefined): Promise<CliError> {
  const compared = (await readIfThere(compareFile(folder)).catch(() => undefined)) !== undefined;
  return new CliError(
    exitCodes.notFound,
    compared
      ? `${folder} is a comparison, which keeps records but no weights. Run the strategy you want with "engram run", then export that folder.`
      : `There is no trained model ${seed === undefined ? `in ${folder}` : `of seed ${seed} in ${folder}`}. "engram run" writes one when it ends; give the folder that it names.`,
  );
}
