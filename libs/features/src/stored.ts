import { ClError, decodeState, encodeState } from '@engram/cl-core';
import type { Stack } from './stack.ts';

/** Where a stack comes from. */
export interface StackOrigin {
  readonly dataset: string;
  readonly dataHash: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly head: readonly number[];
  readonly seed: number;
  /** Of the network that was trained, on the test part. */
  readonly accuracy: number;
  readonly engine: string;
  readonly commit: string | null;
}

export interface StoredStack {
  readonly format: 'engram.features/1';
  readonly origin: StackOrigin;
  readonly stack: Stack;
}

export const encodeStack = (stack: Stack, origin: StackOrigin): Promise<Uint8Array<ArrayBuffer>> =>
  encodeState({ format: 'engram.features/1', origin, stack } satisfies StoredStack);

/** Throws ClError where the file was cut, changed or holds something else. The caller owns the tensors. */
export async function decodeStack(file: Uint8Array): Promise<StoredStack> {
  const stored = (await decodeState(file)) as Partial<StoredStack>;
  if (stored.format !== 'engram.features/1') {
    throw new ClError(
      'corrupt-checkpoint',
      'This file holds no convolutional features. Make one with "engram features pretrain".',
    );
  }
  return stored as StoredStack;
}
