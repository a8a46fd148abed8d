import { disposeState } from '@engram/cl-core';
import { DataError, decodeDataset, encodeDataset } from '@engram/datasets';
import type { Dataset } from '@engram/datasets';
import { cacheFolder, makeFolder } from '@engram/datasets/node';
import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { extractFeatures } from './extract.ts';
import type { ExtractOptions } from './extract.ts';
import { decodeStack } from './stored.ts';

/** The stack that comes with the software. */
export const shippedStack = 'c3-5x16-bn';

export interface FeatureOptions extends ExtractOptions {
  /** Name and variant of the engine that computes: engines differ in the last bits. */
  readonly engine: string;
  /** Default: ENGRAM_CACHE or the operating system's. */
  readonly cacheDir?: string | undefined;
}

/**
 * The features of a data set of pictures, computed once for each stack and engine and then read from the cache. `stack` is
 * `c3-5x16-bn` or the path of a file that `engram features pretrain` wrote. Throws DataError, or ClError for a damaged file.
 */
export async function featureDataset(dataset: Dataset, stack: string, options: FeatureOptions): Promise<Dataset> {
  const { engine, cacheDir = cacheFolder(), onProgress } = options;
  const file = await readStack(stack);
  const key = createHash('sha256').update(`${dataset.hash} ${engine} `).update(file).digest('hex').slice(0, 24);
  const cached = join(cacheDir, 'features', `${dataset.name}-${key}.dataset`);
  const known = await readFile(cached).catch(() => undefined);
  // a cache that was cut short is made anew
  const read = known && (await decodeDataset(new Uint8Array(known), cached).catch(() => undefined));
  if (read !== undefined) return read;
  const stored = await decodeStack(file);
  try {
    const features = await extractFeatures(dataset, stored.stack, { onProgress });
    await writeWhole(cached, encodeDataset(features));
    return features;
  } finally {
    disposeState(stored.stack);
  }
}

async function readStack(stack: string): Promise<Uint8Array> {
  const path = stack === shippedStack ? new URL(`../data/${shippedStack}.stack`, import.meta.url) : stack;
  try {
    return await readFile(path);
  } catch (error) {
    throw new DataError(
      'not-found',
      `The convolutional features "${stack}" cannot be read. Expected is ${shippedStack}, which is shipped, or the path of a file that "engram features pretrain" wrote.`,
      { cause: error },
    );
  }
}

/** Under another name first, so that nobody ever reads half a file. A full disk costs the cache, not the run. */
async function writeWhole(target: string, content: Uint8Array): Promise<void> {
  const part = `${target}.${process.pid}.part`;
  try {
    await makeFolder(dirname(target));
    await writeFile(part, content);
    await rename(part, target);
  } catch {
    await rm(part, { force: true });
  }
}
