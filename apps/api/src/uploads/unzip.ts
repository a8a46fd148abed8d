import { ServiceError } from '@engram/contracts/service';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { planArchive } from './archive-plan.ts';
import { badUpload, counter } from './limits.ts';
import type { UploadLimits } from './limits.ts';

/**
 * Unpacks an archive into a new folder and gives the path that `loadOwn` reads. What is promised is checked first, then what
 * really comes out is counted, so an archive that lies about its sizes is stopped as well.
 */
export async function unzip(
  archive: string,
  folder: string,
  limits: UploadLimits,
  signal: AbortSignal,
): Promise<string> {
  // file names that leave the folder, absolute ones and backslashes are refused by the reader
  const zip = await readable(openPromise(archive, { lazyEntries: true, autoClose: false, strictFileNames: true }));
  try {
    const planned = planArchive(await entriesOf(zip, limits), limits);
    const expanded = counter(limits.expandedBytes, 'The files of an archive, decompressed,');
    for (const { entry, path, gzip } of planned) {
      const target = join(folder, ...path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      const source = await readable(zip.openReadStreamPromise(entry));
      const sink = createWriteStream(target, { flags: 'wx', mode: 0o600 });
      await readable(pipeline([source, ...(gzip ? [createGunzip()] : []), expanded(), sink], { signal }));
    }
    return planned[0]?.path[0] === 'data.csv' ? join(folder, 'data.csv') : folder;
  } finally {
    zip.close();
  }
}

async function entriesOf(zip: ZipFile, { entries: most }: UploadLimits): Promise<readonly Entry[]> {
  if (zip.entryCount > most) {
    throw badUpload(
      `The archive holds ${zip.entryCount} entries; at most ${most} are read.`,
      'Use fewer images, or IDX files, which hold all images of a set together.',
    );
  }
  const entries: Entry[] = [];
  const all = async (): Promise<void> => {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  };
  await readable(all());
  return entries;
}

/** Whatever the reader finds wrong is wrong with the archive; system errors and our own stay what they are. */
async function readable<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const own = error instanceof ServiceError || !(error instanceof Error);
    const system =
      error instanceof Error && 'errno' in error && !('code' in error && String(error.code).startsWith('Z_'));
    if (own || system || (error instanceof Error && error.name === 'AbortError')) throw error;
    throw badUpload(
      `The archive cannot be read: ${error.message}.`,
      'It was damaged or cut short, or is no plain zip archive. Make it anew and send it again.',
      error,
    );
  }
}
