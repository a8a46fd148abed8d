import { ServiceError } from '@engram/contracts/service';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { kindOf } from './file-kinds.ts';
import { badUpload, counter } from './limits.ts';
import type { UploadLimits } from './limits.ts';
import { unzip } from './unzip.ts';

/** A file as it arrives. */
export interface IncomingFile {
  readonly filename: string;
  readonly stream: Readable;
}

const expected =
  'Send one CSV file, one zip archive with a folder of PNG or JPEG images for each class, or the four IDX files (train-images…, train-labels…, t10k-images…, t10k-labels…); CSV and IDX may be compressed with gzip.';

/**
 * Writes the files of an upload into an empty folder, under names of our own, and gives the path that `loadOwn` reads. Limits hold
 * while the bytes pass, compressed and expanded; only what the folder is for can lie in it afterwards.
 */
export async function receive(
  files: AsyncIterable<IncomingFile>,
  folder: string,
  limits: UploadLimits,
  signal: AbortSignal,
): Promise<string> {
  const onTheWire = counter(limits.bytes, 'The files of a data set');
  const expanded = counter(limits.expandedBytes, 'The files of a data set, decompressed,');
  const received: { readonly kind: string; readonly name: string }[] = [];
  for await (const { filename, stream } of files) {
    const file = kindOf(filename);
    if (file === undefined)
      throw badUpload(`"${filename.slice(0, 80)}" is no file of a data set, by its name.`, expected);
    const name = file.kind === 'idx' ? file.name : `data.${file.kind}`;
    if (received.some((other) => other.name === name || (other.kind !== file.kind && received.length > 0))) {
      throw badUpload(`"${filename.slice(0, 80)}" does not go together with the files before it.`, expected);
    }
    received.push({ kind: file.kind, name });
    const compressed = file.kind !== 'zip' && filename.toLowerCase().endsWith('.gz');
    try {
      const sink = createWriteStream(join(folder, name), { flags: 'wx', mode: 0o600 });
      const unpacked = file.kind === 'zip' ? [] : [...(compressed ? [createGunzip()] : []), expanded()];
      await pipeline([stream, onTheWire(), ...unpacked, sink], { signal });
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
        throw badUpload(
          `"${filename.slice(0, 80)}" cannot be decompressed: ${error.message}.`,
          'It is no gzip file, or was damaged or cut short on its way. Send it again.',
          error,
        );
      }
      // neither our refusal nor this machine's trouble: the stream itself broke off
      if (error instanceof Error && !('errno' in error) && !signal.aborted) {
        throw badUpload(
          `The upload ended in the middle of "${filename.slice(0, 80)}": ${error.message}.`,
          'Send it again.',
          error,
        );
      }
      throw error;
    }
  }
  const [first] = received;
  if (first === undefined) throw badUpload('This upload has no file.', expected);
  const path = join(folder, first.name);
  if (first.kind === 'zip') return unzip(path, join(folder, 'content'), limits, signal);
  return first.kind === 'csv' ? path : folder;
}
