import { RunRecord } from '@engram/contracts';
import type { ExperimentSpec } from '@engram/contracts';
import { makeFolder } from '@engram/datasets/node';
import { parseSpec } from '@engram/experiment';
import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError, exitCodes } from './exit.ts';

/**
 * How results lie on the disk:
 *
 *     <folder>/spec.json                 what is run
 *     <folder>/seed-<n>/run.json         the run record
 *     <folder>/seed-<n>/checkpoint.bin   where an unfinished run goes on
 *     <folder>/seed-<n>/model.safetensors   what it has learned (run only)
 *
 * A comparison is a folder of such folders, one per strategy, with compare.json beside them.
 */
export const specFile = (folder: string): string => join(folder, 'spec.json');
export const seedFolder = (folder: string, seed: number): string => join(folder, `seed-${seed}`);
export const recordFile = (folder: string, seed: number): string => join(seedFolder(folder, seed), 'run.json');
export const checkpointFile = (folder: string, seed: number): string =>
  join(seedFolder(folder, seed), 'checkpoint.bin');
export const modelFile = (folder: string, seed: number): string => join(seedFolder(folder, seed), 'model.safetensors');
export const compareFile = (folder: string): string => join(folder, 'compare.json');

/** Writes beside the target first, so that there is either the old file or the new one, whole. */
export async function writeWhole(path: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  await makeFolder(dirname(path));
  const part = `${path}.${process.pid}.part`;
  try {
    await writeFile(part, content, { flush: true, mode });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

export const writeJson = (path: string, value: unknown): Promise<void> =>
  writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);

/** The content of a file, or undefined where there is none. */
export async function readIfThere(path: string): Promise<Buffer<ArrayBuffer> | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function readJson(path: string): Promise<unknown> {
  const content = await readIfThere(path);
  if (content === undefined) throw new CliError(exitCodes.notFound, `There is no ${path}. Check the path.`);
  try {
    return JSON.parse(content.toString()) as unknown;
  } catch (error) {
    throw new CliError(
      exitCodes.usage,
      `${path} is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

export async function readSpec(folder: string): Promise<ExperimentSpec> {
  return parseSpec(await readJson(specFile(folder)));
}

/** The record of a seed, if there is one. */
export async function readRecord(folder: string, seed: number): Promise<RunRecord | undefined> {
  const path = recordFile(folder, seed);
  const content = await readIfThere(path);
  return content === undefined ? undefined : parseRecord(JSON.parse(content.toString()), path);
}

function parseRecord(json: unknown, path: string): RunRecord {
  const parsed = RunRecord.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CliError(
    exitCodes.usage,
    `${path} is no run record of this version: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}. Remove it, or use the version that wrote it.`,
  );
}

/** The trained model of a seed; the seed may be left out where there is only one. */
export async function readModel(
  folder: string,
  wanted: number | undefined,
): Promise<{ readonly seed: number; readonly record: RunRecord; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const seed = wanted ?? (await onlySeed(folder));
  const record = await readRecord(folder, seed);
  const bytes = await readIfThere(modelFile(folder, seed));
  if (record === undefined || bytes === undefined) throw await noModel(folder, seed);
  return { seed, record, bytes: new Uint8Array(bytes) };
}

async function onlySeed(folder: string): Promise<number> {
  const seeds = await seedsIn(folder).catch(() => []);
  const [first, second] = seeds;
  if (first === undefined) throw await noModel(folder, undefined);
  if (second !== undefined) {
    throw new CliError(exitCodes.usage, `${folder} holds the seeds ${seeds.join(', ')}. Choose one with --seed.`);
  }
  return first;
}

async function noModel(folder: string, seed: number | undefined): Promise<CliError> {
  const compared = (await readIfThere(compareFile(folder)).catch(() => undefined)) !== undefined;
  return new CliError(
    exitCodes.notFound,
    compared
      ? `${folder} is a comparison, which keeps records but no weights. Run the strategy you want with "engram run", then give that folder.`
      : `There is no trained model ${seed === undefined ? `in ${folder}` : `of seed ${seed} in ${folder}`}. "engram run" writes one when it ends; give the folder that it names.`,
  );
}

/** Every run record at or below a path, in the order of the paths. */
export async function readRecords(path: string): Promise<readonly RunRecord[]> {
  if (path.endsWith('.json')) return [parseRecord(await readJson(path), path)];
  let names: string[];
  try {
    names = await readdir(path, { recursive: true });
  } catch {
    throw new CliError(
      exitCodes.notFound,
      `There is no folder ${path}. Give a folder that "engram run" or "engram compare" wrote, or a run.json.`,
    );
  }
  const found = names.filter((name) => /(^|[\\/])run\.json$/.test(name)).sort();
  if (found.length === 0) {
    throw new CliError(
      exitCodes.notFound,
      `There is no run.json in ${path}. Give a folder that "engram run" or "engram compare" wrote.`,
    );
  }
  return Promise.all(found.map(async (name) => parseRecord(await readJson(join(path, name)), join(path, name))));
}

/** The seeds for which a folder holds anything. */
export async function seedsIn(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder);
  return names
    .flatMap((name) => (/^seed-\d+$/.test(name) ? [Number(name.slice('seed-'.length))] : []))
    .sort((a, b) => a - b);
}
