import { mean } from './statistics.ts';

// What learning costs, each as a score from 0 (costly) to 1 (free), after Díaz-Rodríguez et al. 2018 (arXiv:1810.13166).

/**
 * Model size efficiency MS = min(1, 1/T Σ_i Mem(θ_1)/Mem(θ_i)): 1 while the model does not grow.
 * `bytes[i]`: size of the parameters while task i + 1 is learned. Throws RangeError for no or non-positive sizes.
 */
export function modelSizeEfficiency(bytes: readonly number[]): number {
  requireEach('modelSizeEfficiency', 'a size in bytes above 0', bytes, (value) => value > 0);
  const first = bytes[0] ?? NaN;
  return Math.min(1, mean(bytes.map((size) => first / size)));
}

/**
 * Sample storage efficiency SSS = 1 − min(1, 1/T Σ_i Mem(M_i)/Mem(D)): 1 if no example is kept, 0 if all are.
 * `memoryBytes[i]`: size of the stored examples after task i + 1; `dataBytes`: size of all training examples.
 */
export function sampleStorageEfficiency(memoryBytes: readonly number[], dataBytes: number): number {
  requireEach('sampleStorageEfficiency', 'a size in bytes of at least 0', memoryBytes, (value) => value >= 0);
  requireEach('sampleStorageEfficiency', 'a data size in bytes above 0', [dataBytes], (value) => value > 0);
  return 1 - Math.min(1, mean(memoryBytes.map((size) => size / dataBytes)));
}

/**
 * Computational efficiency CE = min(1, 1/T Σ_i ε · Ops↑↓(D_i)/Ops(D_i)), where Ops↑↓ is one pass forward and backward over
 * the examples of task i and Ops all that learning it took; ε (default 1) is the number of passes one would allow.
 */
export function computationalEfficiency(
  onePass: readonly number[],
  spent: readonly number[],
  { allowedPasses = 1 }: { readonly allowedPasses?: number } = {},
): number {
  if (onePass.length !== spent.length) {
    throw new RangeError(
      `computationalEfficiency needs both counts for every task, got ${onePass.length} and ${spent.length}.`,
    );
  }
  requireEach(
    'computationalEfficiency',
    'a count above 0',
    [...onePass, ...spent, allowedPasses],
    (value) => value > 0,
  );
  return Math.min(1, mean(onePass.map((pass, i) => (allowedPasses * pass) / (spent[i] ?? NaN))));
}

function requireEach(
  name: string,
  expected: string,
  values: readonly number[],
  holds: (value: number) => boolean,
): void {
  if (values.length === 0) throw new RangeError(`${name} needs at least one task.`);
  const wrong = values.find((value) => !(Number.isFinite(value) && holds(value)));
  if (wrong !== undefined) throw new RangeError(`${name} needs ${expected} for every task, got ${wrong}.`);
}
