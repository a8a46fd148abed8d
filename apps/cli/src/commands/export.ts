import { exportModel } from '@engram/export';
import type { ExportFormat } from '@engram/export';
import { join } from 'node:path';
import { exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { readModel, seedFolder, writeWhole } from '../run-folder.ts';

export interface ExportCommandOptions {
  readonly format: ExportFormat;
  readonly seed?: number;
  /** Counted from 1. */
  readonly task?: number;
  readonly out?: string;
}

/** Writes the trained model of a run in a format that other programs read, with a model card. */
export async function exportCommand(folder: string, options: ExportCommandOptions): Promise<ExitCode> {
  const { seed, record, bytes } = await readModel(folder, options.seed);
  const files = exportModel(bytes, record, {
    format: options.format,
    task: options.task === undefined ? undefined : options.task - 1,
  });
  const out = options.out ?? join(seedFolder(folder, seed), `export-${options.format}`);
  for (const { path, content } of files) await writeWhole(join(out, path), content);
  console.error(`${files.length} files written to ${out}; README.md there is the model card`);
  return exitCodes.ok;
}
