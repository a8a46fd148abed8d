import { conv2d } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import type { Params } from '@engram/cl-core';

/** Channels from the picture to the last layer. */
export const channels = [3, 16, 32, 64, 128, 256] as const;
/** Side of the pictures. */
export const side = 32;
/** Numbers that come out for each picture: 2 × 2 places of 256 channels. */
export const featureCount = 2 * 2 * 256;

const kernelSide = 3;
export const layers = channels.slice(1).map((outputs, l) => ({
  inputs: channels[l] ?? 0,
  outputs,
  strides: l === 0 ? 1 : 2,
  filterShape: [kernelSide, kernelSide, channels[l] ?? 0, outputs] as [number, number, number, number],
  fanIn: kernelSide * kernelSide * (channels[l] ?? 0),
  last: l === channels.length - 2,
}));

/** A trained stack with its normalisation folded in: `filter0` [3, 3, in, out], `bias0` [out], and so on. */
export type Stack = Params;

/**
 * The convolutional layers of van de Ven et al. 2020 (doi:10.1038/s41467-020-17866-2): five of 3 × 3, with 16, 32, 64, 128 and 256 channels,
 * stride 1 in the first and 2 in the others, one zero of padding; ReLU after all but the last. pixels [n, 32, 32, 3],
 * normalised → [n, 1024].
 */
export const applyStack = (stack: Stack, pixels: tf.Tensor4D): tf.Tensor2D =>
  flatten(
    layers.reduce(
      (x, { strides, last }, l) =>
        conv2d(x, stack[`filter${l}`] as tf.Tensor4D, stack[`bias${l}`] as tf.Tensor1D, {
          strides,
          pad: 1,
          activation: last ? 'linear' : 'relu',
        }),
      pixels,
    ),
  );

export const flatten = (x: tf.Tensor4D): tf.Tensor2D => tf.reshape(x, [x.shape[0], featureCount]);
