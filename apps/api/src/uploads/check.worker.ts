// Reads a received data set, decodes it and writes it in parts: in a thread of its own, since it may take a while.
import { DataError, encodeDataset } from '@engram/datasets';
import { loadOwn } from '@engram/datasets/node';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { CheckAnswer, CheckRequest, StoredPart } from './check.ts';

const partBytes = 8 << 20;

async function check({ path, out, expandedBytes }: CheckRequest): Promise<CheckAnswer> {
  const dataset = await loadOwn(path);
  const file = encodeDataset(dataset);
  if (file.length > expandedBytes) return { kind: 'too-large' };
  const parts: StoredPart[] = [];
  for (let from = 0; from < file.length; from += partBytes) {
    const bytes = file.subarray(from, from + partBytes);
    const name = `dataset-${String(parts.length).padStart(4, '0')}.part`;
    await writeFile(join(out, name), bytes);
    parts.push({ path: name, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length });
  }
  const { classNames, train, test, hash } = dataset;
  return {
    kind: 'stored',
    parts,
    classNames,
    shape: train.shape,
    trainExamples: train.count,
    testExamples: test.count,
    hash,
  };
}

const request = workerData as CheckRequest;
const answer = await check(request).catch((error: unknown): CheckAnswer => {
  if (error instanceof DataError) return { kind: 'refused', message: error.message };
  throw error;
});
parentPort?.postMessage(answer);
