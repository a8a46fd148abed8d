import { Worker } from 'node:worker_threads';
import { sep } from 'node:path';
import { badUpload, tooLarge } from './limits.ts';
import type { UploadLimits } from './limits.ts';

export interface CheckRequest {
  /** What `loadOwn` reads. */
  readonly path: string;
  /** Folder for the parts. */
  readonly out: string;
  readonly expandedBytes: number;
}

export interface StoredPart {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface CheckedDataset {
  readonly parts: readonly StoredPart[];
  readonly classNames: readonly string[];
  readonly shape: readonly number[];
  readonly trainExamples: number;
  readonly testExamples: number;
  readonly hash: string;
}

export type CheckAnswer =
  | ({ readonly kind: 'stored' } & CheckedDataset)
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'too-large' };

/** Decodes a received data set in a thread and leaves it in `out` in parts. Throws ServiceError for data that cannot be used. */
export async function checkDataset(
  path: string,
  out: string,
  limits: UploadLimits,
  signal: AbortSignal,
): Promise<CheckedDataset> {
  const request: CheckRequest = { path, out, expandedBytes: limits.expandedBytes };
  const worker = new Worker(new URL('./check.worker.ts', import.meta.url), { workerData: request });
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limits.seconds * 1000)]);
  const stop = (): void => void worker.terminate();
  limited.addEventListener('abort', stop, { once: true });
  try {
    const answer = await new Promise<CheckAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the thread ended without an answer')));
      if (limited.aborted) stop();
    });
    if (answer.kind === 'too-large') throw tooLarge('A data set, decoded,', limits.expandedBytes);
    if (answer.kind === 'refused')
      throw badUpload(withoutFolder(answer.message, path), 'Correct the data and send them again.');
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    if (limited.aborted) {
      throw badUpload(
        `The data set could not be read within ${limits.seconds} seconds.`,
        'Use fewer or smaller examples, or IDX files, which are read fastest.',
        error,
      );
    }
    throw error;
  } finally {
    limited.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

/** Messages name files; where they lie on the server is nobody's business. */
const withoutFolder = (message: string, path: string): string =>
  message.replaceAll(`${path}${sep}`, '').replaceAll(path, 'the upload');
