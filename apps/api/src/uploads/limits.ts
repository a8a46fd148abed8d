import { ServiceError } from '@engram/contracts/service';
import { Transform } from 'node:stream';

export interface UploadLimits {
  /** Bytes on the wire, all files of an upload together. */
  readonly bytes: number;
  /** Bytes after decompression. */
  readonly expandedBytes: number;
  /** Entries of an archive. */
  readonly entries: number;
  /** How long checking and decoding may take. */
  readonly seconds: number;
}

/** Counts what passes through it, and through its siblings, and fails when that is more than `most`. */
export function counter(most: number, what: string): () => Transform {
  let seen = 0;
  return () =>
    new Transform({
      transform(chunk: Buffer, _, done) {
        seen += chunk.length;
        done(seen > most ? tooLarge(what, most) : null, chunk);
      },
    });
}

export const tooLarge = (what: string, most: number): ServiceError =>
  new ServiceError('too-large', `${what} may have ${most} bytes in all, and this upload has more.`, {
    limit: 'upload',
    hint: 'Use fewer or smaller examples, or ask the administrator to raise the limit.',
  });

export const badUpload = (message: string, hint: string, cause?: unknown): ServiceError =>
  new ServiceError('invalid', message, { hint, cause });
