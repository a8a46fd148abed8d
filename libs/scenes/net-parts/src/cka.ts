/**
 * Linear centred kernel alignment of two representations of the same inputs (Kornblith et al. 2019, arXiv:1905.00414, eq. 4):
 *
 *     CKA(X, Y) = ‖Yᵀ X‖² / (‖Xᵀ X‖ · ‖Yᵀ Y‖),   Frobenius norms, columns centred
 *
 * x [rows, p] and y [rows, q] in row-major order. 1: equal up to rotation and scale; 0: nothing in common, and also where
 * one of them is the same for all inputs.
 */
export function linearCka(x: Float32Array, y: Float32Array, rows: number): number {
  const [a, b] = [centred(x, rows), centred(y, rows)];
  const own = Math.sqrt(crossSquared(a, a, rows) * crossSquared(b, b, rows));
  return own > 0 ? Math.min(1, crossSquared(a, b, rows) / own) : 0;
}

/** Subtracts each column's mean. */
function centred(values: Float32Array, rows: number): Float64Array {
  const columns = values.length / rows;
  const out = Float64Array.from(values);
  for (let j = 0; j < columns; j++) {
    let mean = 0;
    for (let i = 0; i < rows; i++) mean += (values[i * columns + j] ?? 0) / rows;
    for (let i = 0; i < rows; i++) out[i * columns + j] = (out[i * columns + j] ?? 0) - mean;
  }
  return out;
}

/** ‖Xᵀ Y‖² */
function crossSquared(x: Float64Array, y: Float64Array, rows: number): number {
  const [p, q] = [x.length / rows, y.length / rows];
  let sum = 0;
  for (let j = 0; j < p; j++) {
    for (let k = 0; k < q; k++) {
      let dot = 0;
      for (let i = 0; i < rows; i++) dot += (x[i * p + j] ?? 0) * (y[i * q + k] ?? 0);
      sum += dot * dot;
    }
  }
  return sum;
}
