import type { RunRecord } from '@engram/contracts';
import { ExportError } from './errors.ts';
import { layersFiles, mostExportBytes } from './layers.ts';
import type { ExportedFile } from './layers.ts';
import { modelCard } from './model-card.ts';
import { decodeModel } from './model-file.ts';

export const exportFormats = ['layers', 'safetensors'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportOptions {
  readonly format: ExportFormat;
  /** From 0: only the layers that answer this task. */
  readonly task?: number | undefined;
  /** For all layers together; default 1 GiB. */
  readonly mostBytes?: number;
}

/**
 * The files of an export, with a model card: README.md. `file` is a model.safetensors as a run wrote it, `record` the record of
 * that run. `layers` may be limited to one task (from 0). Throws ExportError.
 */
export function exportModel(
  file: Uint8Array<ArrayBuffer>,
  record: RunRecord,
  { format, task, mostBytes = mostExportBytes }: ExportOptions,
): readonly ExportedFile[] {
  const model = decodeModel(file);
  if (record.specHash !== model.info.specHash || record.seed !== model.info.seed) {
    throw new ExportError(
      'not-a-model',
      `The weights are of seed ${model.info.seed} of experiment ${model.info.specHash.slice(0, 8)}, the record is of seed ${record.seed} of ${record.specHash.slice(0, 8)}. Run the experiment again, so that both belong together.`,
    );
  }
  const card = { path: 'README.md', content: modelCard(model, record) };
  return format === 'layers'
    ? [...layersFiles(model, task, mostBytes), card]
    : [{ path: 'model.safetensors', content: file }, card];
}
