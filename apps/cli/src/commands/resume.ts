import { strategyLabel } from '@engram/experiment';
import type { ExitCode } from '../exit.ts';
import { CliError, exitCodes } from '../exit.ts';
import { compareFile, readIfThere, readRecord, readSpec, seedsIn, specFile } from '../run-folder.ts';
import { continueComparison } from './compare.ts';
import { runFolder } from './run.ts';
import type { RunFolderOptions } from './run.ts';

/** Goes on with whatever is unfinished in a folder of `run` or `compare`. */
export async function resume(folder: string, options: Omit<RunFolderOptions, 'title'>): Promise<ExitCode> {
  if ((await readIfThere(compareFile(folder))) !== undefined) return continueComparison(folder, options);
  if ((await readIfThere(specFile(folder))) === undefined) {
    throw new CliError(
      exitCodes.notFound,
      `There is nothing to resume in ${folder}: it has neither spec.json nor compare.json. Give a folder that "engram run" or "engram compare" wrote.`,
    );
  }
  const spec = await readSpec(folder);
  const seeds = await seedsIn(folder);
  const open: number[] = [];
  for (const seed of seeds) if ((await readRecord(folder, seed))?.status !== 'finished') open.push(seed);
  if (open.length === 0) {
    console.error(`Every run in ${folder} is finished; nothing to resume.`);
    return exitCodes.ok;
  }
  return runFolder(folder, { spec, warnings: [] }, open, { ...options, force: false, title: strategyLabel(spec) });
}
