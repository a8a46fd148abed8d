import * as tf from '#tf';
import { fusedKernels, hasFused, runFused } from './fused.ts';

export interface BatchNormResult<X extends tf.Tensor> {
  readonly y: X;
  /** [channels], for running averages; no gradient flows through them. */
  readonly mean: tf.Tensor1D;
  /** Σ (x − mean)² / rows, the biased estimate, [channels]. */
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalization in training (Ioffe & Szegedy 2015, arXiv:1502.03167): y = γ (x − mean) / √(variance + ε) + β, with mean and
 * variance of each channel over all other axes of x [..., channels]; gamma and beta [channels]. Differentiable in x, gamma
 * and beta. For use after training there is `tf.batchNorm`, with given mean and variance.
 */
export function batchNorm<X extends tf.Tensor>(
  x: X,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon = 1e-5,
): BatchNormResult<X> {
  const channels = x.shape.at(-1);
  if (gamma.shape[0] !== channels || beta.shape[0] !== channels) {
    throw new RangeError(
      `batchNorm: x [${x.shape}] needs gamma and beta [${channels}]; got [${gamma.shape}] and [${beta.shape}]`,
    );
  }
  if (hasFused(fusedKernels.batchNorm)) {
    const [y, mean, variance] = runFused(fusedKernels.batchNorm, { x, gamma, beta }, { epsilon });
    return { y: y as X, mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D };
  }
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const { mean, variance } = tf.moments(x, axes);
  const y = tf.tidy(() =>
    x
      .sub(mean)
      .mul(gamma)
      .div(tf.sqrt(variance.add(epsilon)))
      .add<X>(beta),
  );
  return { y, mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D };
}
