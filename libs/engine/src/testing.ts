import type * as tf from '#tf';
import { createRng } from '@engram/random';
import { expect } from 'vitest';
import { probeEngines, useEngine } from './index.ts';
import type { EngineName } from './index.ts';

/** The engines of our own that are built here; each must agree with TensorFlow.js' own kernels. */
export const ownEngines: EngineName[] = (await probeEngines()).flatMap(({ name, usable }) =>
  usable && (name === 'native' || name === 'wasm') ? [name] : [],
);

/** Draws standard normal numbers from a stream of its own: the same in every run, whatever was drawn elsewhere. */
export function numbersOf(seed: number): (n: number) => Float32Array {
  const rng = createRng(seed);
  return (n) => Float32Array.from({ length: n }, () => rng.normal());
}

/** Standard normal numbers; which ones depends on how many the tests before took, and those take random sizes. */
export const numbers = numbersOf(7);

/** Runs on both engines with equal inputs, and gives both lists of numbers. */
export async function both(engine: EngineName, compute: () => tf.Tensor[]): Promise<readonly [number[], number[]]> {
  const run = async (name: EngineName): Promise<number[]> => {
    await useEngine(name);
    return compute().flatMap((tensor) => [...tensor.dataSync()]);
  };
  return [await run(engine), await run('cpu')];
}

/** Within the tolerance, relative to the size of the value or to 1; NaN and infinities exactly. */
export function expectClose(
  [found, expected]: readonly [ArrayLike<number>, ArrayLike<number>],
  tolerance = 1e-4,
): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++) {
    const value = found[i] ?? NaN;
    const want = expected[i] ?? NaN;
    if (Number.isFinite(want) ? Math.abs(value - want) <= tolerance * (1 + Math.abs(want)) : Object.is(value, want))
      continue;
    expect.fail(`value ${i} is ${value}, expected ${want}`);
  }
}
