import * as tf from '#tf';
import { fusedKernels, hasFused, runFused } from './fused.ts';

export interface ConvolutionOptions {
  readonly strides: number;
  /** `same`: the output has ⌈size / stride⌉ pixels; `valid`: no padding; or so many zeros on each side. */
  readonly pad: 'same' | 'valid' | number;
  /** Default `linear`. */
  readonly activation?: 'linear' | 'relu';
}

/**
 * A convolutional layer, act(x ∗ filter + bias): x [n, height, width, in], filter [height, width, in, out], bias [out] →
 * [n, height, width, out]. Differentiable in all three.
 */
export function conv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  { strides, pad, activation = 'linear' }: ConvolutionOptions,
): tf.Tensor4D {
  const [, , inputs, outputs] = filter.shape;
  if (x.shape[3] !== inputs || bias.shape[0] !== outputs) {
    throw new RangeError(
      `conv2d: filter [${filter.shape}] needs x [n,height,width,${inputs}] and bias [${outputs}]; got [${x.shape}] and [${bias.shape}]`,
    );
  }
  if (hasFused(fusedKernels.convolution)) {
    return runFused(fusedKernels.convolution, { x, filter, bias }, { strides, pad, activation })[0] as tf.Tensor4D;
  }
  return tf.tidy(() => {
    const z = tf.conv2d(x, filter, strides, pad).add<tf.Tensor4D>(bias);
    return activation === 'relu' ? tf.relu(z) : z;
  });
}
