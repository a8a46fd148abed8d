import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DataError } from '../errors.ts';
import { makeFolder } from './folders.ts';

export interface DownloadProgress {
  readonly path: string;
  readonly received: number;
  /** Unknown until a server says so. */
  readonly total: number | undefined;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Says what is wrong with the complete file, or nothing. */
  readonly problemOf: (path: string) => Promise<string | undefined>;
}

/**
 * Fetches a file from the first mirror that has it. The content goes to `<target>.part` first, an interrupted part is
 * continued (HTTP range), and only a file that passed the check gets its name, so the cache is never half-written.
 * Throws DataError `network` with what each mirror answered, `wrong-checksum`, or `busy`.
 */
export async function download(target: string, mirrors: readonly string[], options: DownloadOptions): Promise<void> {
  await makeFolder(dirname(target));
  const unlock = await lock(`${target}.lock`);
  try {
    const answers: string[] = [];
    for (const mirror of mirrors) {
      try {
        await fetchInto(`${target}.part`, mirror, target, options);
      } catch (error) {
        options.signal?.throwIfAborted();
        answers.push(`${mirror}: ${reasonOf(error)}`);
        continue;
      }
      const problem = await options.problemOf(`${target}.part`);
      if (problem === undefined) {
        await rename(`${target}.part`, target);
        return;
      }
      await rm(`${target}.part`, { force: true });
      answers.push(`${mirror}: ${problem}`);
    }
    throw new DataError(
      'network',
      `${target} could not be fetched. ${answers.join('; ')}. Check the connection and try again, or put the file there yourself, or point ENGRAM_DATA to a folder that has it.`,
    );
  } finally {
    await unlock();
  }
}

async function fetchInto(part: string, address: string, target: string, options: DownloadOptions): Promise<void> {
  const have = await sizeOf(part);
  const response = await fetch(address, {
    signal: options.signal ?? null,
    headers: have > 0 ? { range: `bytes=${have}-` } : {},
  });
  // what was there is complete already
  if (response.status === 416) return;
  if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
  const append = response.status === 206;
  const length = Number(response.headers.get('content-length') ?? NaN);
  let received = append ? have : 0;
  const total = Number.isNaN(length) ? undefined : received + length;
  const counter = new Transform({
    transform(chunk: Buffer, _, done) {
      received += chunk.length;
      options.onProgress?.({ path: target, received, total });
      done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(response.body), counter, createWriteStream(part, { flags: append ? 'a' : 'w' }));
  if (total !== undefined && received !== total)
    throw new Error(`the connection ended after ${received} of ${total} bytes`);
}

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
};

/** The innermost cause says most: "fetch failed" alone helps nobody. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message || error.name;
};

const staleAfterMilliseconds = 10 * 60_000;

/** Keeps two processes from writing the same file; a lock left by a killed process is taken over after ten minutes. */
async function lock(path: string): Promise<() => Promise<void>> {
  try {
    const handle = await open(path, 'wx');
    await handle.close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs < staleAfterMilliseconds) {
      throw new DataError(
        'busy',
        `Another process is fetching this file. Wait for it, or remove ${path} if there is none.`,
      );
    }
  }
  return () => rm(path, { force: true });
}
