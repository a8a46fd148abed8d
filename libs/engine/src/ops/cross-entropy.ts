import * as tf from '#tf';

import { fusedKernels, hasFused, runFused } from './fused.ts';

/**
 * Mean over rows of −Σ_c targets·log softmax(logits), in nats. logits and targets [n, classes]; each row of targets
 * sums to 1 (hard or soft). Differentiable in logits: (softmax(logits) − targets) / n.
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  if (String(logits.shape) !== String(targets.shape)) {
    throw new RangeError(
      `softmaxCrossEntropy: targets [${targets.shape}] must have the shape of logits [${logits.shape}]`,
    );
  }
  if (hasFused(fusedKernels.crossEntropy)) {
    return runFused(fusedKernels.crossEntropy, { logits, targets })[0] as tf.Scalar;
  }
  return tf.tidy(() => tf.neg<tf.Scalar>(tf.sum(targets.mul(tf.logSoftmax(logits))).div(logits.shape[0])));
}
