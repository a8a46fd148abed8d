import * as tf from '#tf';

import { fusedKernels, hasFused, runFused } from './fused.ts';

/**
 * Σᵢ wᵢ Σⱼ (−t ln σ(z) − (1 − t) ln(1 − σ(z))), in nats. logits z and targets t [n, values], weights w [n]; targets between 0 and 1 may be
 * soft. Differentiable in the logits: wᵢ (σ(z) − t).
 */
export function binaryCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D, weights: tf.Tensor1D): tf.Scalar {
  if (String(logits.shape) !== String(targets.shape) || weights.shape[0] !== logits.shape[0]) {
    throw new RangeError(
      `binaryCrossEntropy: logits [${logits.shape}] need targets of that shape and one weight per row; got [${targets.shape}] and [${weights.shape}]`,
    );
  }
  if (hasFused(fusedKernels.binaryCrossEntropy)) {
    return runFused(fusedKernels.binaryCrossEntropy, { logits, targets, weights })[0] as tf.Scalar;
  }
  return tf.tidy(() => {
    const losses = tf.softplus(logits).sub<tf.Tensor2D>(logits.mul(targets));
    return tf.sum<tf.Scalar>(tf.sum(losses, 1).mul(weights));
  });
}
