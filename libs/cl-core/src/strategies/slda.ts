import * as tf from '@engram/engine/tf';
import { addRows, labelledRows, noMeans, onlyMet, spread } from './ncm.ts';
import type { ClassMeans } from './ncm.ts';
import type { Strategy } from './strategy.ts';

export interface SldaOptions {
  /** ε: how much of the identity is mixed into the covariance. */
  readonly shrinkage?: number;
}

interface Gaussians extends ClassMeans {
  /** Covariance that all classes share, [inputs, inputs]. */
  readonly covariance: tf.Tensor2D;
}

/**
 * Streaming linear discriminant analysis (Hayes & Kanan 2020, arXiv:1909.01520): one Gaussian for each class, all with the
 * same covariance Σ, updated row by row (n rows before this one, c_y of its class):
 *
 *     Σ ← (n Σ + n/(n + 1) (x − μ_y)(x − μ_y)ᵀ) / (n + 1)        μ_y ← μ_y + (x − μ_y) / (c_y + 1)
 *     score_c(x) = xᵀΛμ_c − ½ μ_cᵀΛμ_c        Λ = ((1 − ε) Σ + ε I)⁻¹
 *
 * The order in which rows come moves Σ a little and the means not at all, so nothing is forgotten.
 */
export const slda = ({ shrinkage = 1e-4 }: SldaOptions = {}): Strategy => ({
  name: 'slda',
  standsAlone: true,
  init: () => ({}),
  withoutNetwork: {
    weights: ({ model }) => ({
      ...noMeans(model.outputs, model.inputs),
      covariance: tf.zeros([model.inputs, model.inputs]),
    }),
    learn: (state, params, { batches, model }) => {
      const known = params as Gaussians;
      const { x, labels } = labelledRows(batches, model.outputs);
      const next = { ...addRows(known, x, labels), covariance: addScatter(known, x, labels) };
      return { state, params: next, loss: spread(known, x, labels) };
    },
  },
  classifier: (_, { params }) => {
    const { means, counts, covariance } = params as Gaussians;
    const directions = solve(covariance, means, shrinkage); // Λμ, [classes, inputs]
    const offsets = tf.mul(means, directions).sum<tf.Tensor1D>(1).mul(-0.5).add(onlyMet(counts));
    return (x) => tf.matMul(x, directions, false, true).add(offsets);
  },
});

/** Σ after the rows of x, exactly as if they had come one by one. */
function addScatter({ means, counts, covariance }: Gaussians, x: tf.Tensor2D, labels: tf.Tensor2D): tf.Tensor2D {
  const rows = x.shape[0];
  const seen = tf.sum(counts).dataSync()[0] ?? 0;
  // the mean of a row's class when the row comes: earlier rows of the batch with the same class are in it
  const earlier = tf.linalg.bandPart(tf.matMul(labels, labels, false, true), -1, 0).sub<tf.Tensor2D>(tf.eye(rows));
  const before = tf.matMul(labels, counts.expandDims<tf.Tensor2D>(1));
  const sums = tf.mul(before, tf.matMul(labels, means)).add(tf.matMul(earlier, x));
  const centred = x.sub<tf.Tensor2D>(sums.div(tf.maximum(before.add(earlier.sum(1, true)), 1)));
  const weights = tf.tensor2d(
    Array.from({ length: rows }, (_, i) => Math.sqrt((seen + i) / (seen + i + 1))),
    [rows, 1],
  );
  const scaled = tf.mul<tf.Tensor2D>(centred, weights);
  return tf.add(covariance.mul(seen / (seen + rows)), tf.matMul(scaled, scaled, true).div(seen + rows));
}

/** What was solved last for a covariance: testing several tasks asks for the same again. */
const solved = new WeakMap<tf.Tensor, Float32Array>();

/** ((1 − ε) Σ + ε I)⁻¹ μ_c for every row of means, by Cholesky's method in 64 bits. */
function solve(covariance: tf.Tensor2D, means: tf.Tensor2D, shrinkage: number): tf.Tensor2D {
  const [classes, n] = means.shape;
  const known = solved.get(covariance) ?? choleskySolve(covariance.dataSync(), means.dataSync(), n, shrinkage);
  solved.set(covariance, known);
  return tf.tensor2d(known, [classes, n]);
}

function choleskySolve(sigma: ArrayLike<number>, means: ArrayLike<number>, n: number, shrinkage: number): Float32Array {
  const lower = new Float64Array(n * n);
  const at = (matrix: ArrayLike<number>, i: number, j: number): number => matrix[i * n + j] ?? 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = (1 - shrinkage) * at(sigma, i, j) + (i === j ? shrinkage : 0);
      for (let k = 0; k < j; k++) sum -= at(lower, i, k) * at(lower, j, k);
      lower[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(lower, j, j);
    }
  }
  const solutions = new Float32Array(means.length);
  const y = new Float64Array(n);
  for (let from = 0; from < means.length; from += n) {
    for (let i = 0; i < n; i++) {
      let sum = means[from + i] ?? 0;
      for (let k = 0; k < i; k++) sum -= at(lower, i, k) * (y[k] ?? 0);
      y[i] = sum / at(lower, i, i);
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = y[i] ?? 0;
      for (let k = i + 1; k < n; k++) sum -= at(lower, k, i) * (y[k] ?? 0);
      y[i] = sum / at(lower, i, i);
    }
    solutions.set(y, from);
  }
  return solutions;
}
