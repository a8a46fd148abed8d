import * as tf from '#tf';

import { fusedKernels, hasFused, runFused } from './fused.ts';

export interface BatchSource {
  /** All examples, one after another, `rowLength` values each. */
  readonly source: Uint8Array | Float32Array;
  /** Which examples, in order; repeats are allowed. */
  readonly rows: Int32Array;
  readonly rowLength: number;
  /** Column j of the batch reads column `permutation[j]` of the source; −1 gives 0 (padding). Default: the identity. */
  readonly permutation?: Int32Array;
  /** Each value is multiplied by this, for example 1/255. */
  readonly scale: number;
}

/** Rows of a table as a float batch: out[i][j] = scale · source[rows[i] · rowLength + permutation[j]]. */
export function readBatch(batch: BatchSource): tf.Tensor2D {
  const { source, rows, rowLength, permutation, scale } = batch;
  const columns = permutation?.length ?? rowLength;
  requireInside('rows', rows, 0, Math.floor(source.length / Math.max(rowLength, 1)));
  if (permutation !== undefined) requireInside('permutation', permutation, -1, rowLength);
  if (hasFused(fusedKernels.readBatch)) {
    return runFused(fusedKernels.readBatch, {}, { batch } as unknown as tf.NamedAttrMap)[0] as tf.Tensor2D;
  }
  const values = new Float32Array(rows.length * columns);
  const factor = Math.fround(scale);
  let out = 0;
  for (const row of rows) {
    const start = row * rowLength;
    for (let j = 0; j < columns; j++) {
      const from = permutation === undefined ? j : (permutation[j] ?? -1);
      values[out++] = from < 0 ? 0 : factor * (source[start + from] ?? 0);
    }
  }
  return tf.tensor2d(values, [rows.length, columns]);
}

const requireInside = (name: string, indices: Int32Array, least: number, end: number): void => {
  for (const index of indices) {
    if (index < least || index >= end) {
      throw new RangeError(`readBatch: ${name} holds ${index}; allowed are ${least} to ${end - 1}`);
    }
  }
};
