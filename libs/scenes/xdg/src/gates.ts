import { createRng } from '@engram/random';

/** Open (true) or closed, one for each unit of a layer. */
export type Mask = readonly boolean[];

/**
 * The gates of a task as a run with this seed draws them: ⌊gated · units⌋ closed units (Masse et al. 2018). The path of the
 * random numbers is that of the learner.
 */
export function rolledMask(seed: number, gated: number, units: number, task: number, layer = 0): Mask {
  const rng = createRng(seed).fork('learner').fork('xdg').fork('gate').fork(task).fork(layer);
  const mask = new Array<boolean>(units).fill(true);
  for (const unit of rng.sample(units, Math.floor(gated * units))) mask[unit] = false;
  return mask;
}

/** Share of all units that are open in both. */
export const overlap = (a: Mask, b: Mask): number => a.filter((open, i) => open && b[i] === true).length / a.length;

/** What the overlap of two random masks is on average: each unit is open in both with probability (1 − g)². */
export const expectedOverlap = (gated: number): number => (1 - gated) ** 2;

/** Mean over all pairs of different tasks of a T × T matrix. */
export function meanOfPairs(matrix: readonly (readonly number[])[]): number | null {
  const values = matrix.flatMap((row, i) => row.slice(i + 1));
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * How far two updates fall on the same weights, whatever their signs: Σ |a||b| / (‖a‖ ‖b‖), from 0 (none shared) to 1 (the same
 * weights, moved in the same proportions).
 */
export function updateOverlap(a: Float32Array, b: Float32Array): number {
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [Math.abs(a[i] ?? 0), Math.abs(b[i] ?? 0)];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA > 0 && ofB > 0 ? both / Math.sqrt(ofA * ofB) : 0;
}
