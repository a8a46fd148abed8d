import { uniform } from '@engram/cl-core';
import type { Params } from '@engram/cl-core';
import { batchNorm, conv2d } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import type { Rng } from '@engram/random';
import { flatten, layers } from './stack.ts';
import type { Stack } from './stack.ts';

/** Mean and variance of each normalised channel, layer by layer. */
export type ChannelMoments = readonly { readonly mean: tf.Tensor1D; readonly variance: tf.Tensor1D }[];

const epsilon = 1e-5;

/** Filters, uniform in ±1/√fan_in, and the batch normalisation behind all layers but the last. */
export const initialStack = (rng: Rng): Params =>
  Object.fromEntries(
    layers.flatMap(({ filterShape, fanIn, outputs, last }, l) => [
      [`filter${l}`, uniform(filterShape, fanIn, rng.fork(`filter${l}`))],
      ...(last
        ? [[`bias${l}`, uniform([outputs], fanIn, rng.fork(`bias${l}`))]]
        : [
            [`gamma${l}`, tf.ones([outputs])],
            [`beta${l}`, tf.zeros([outputs])],
          ]),
    ]),
  ) as Params;

/** The stack while it is trained: batch statistics between convolution and ReLU. */
export function applyTraining(
  params: Params,
  pixels: tf.Tensor4D,
): { readonly features: tf.Tensor2D; readonly moments: ChannelMoments } {
  const moments: { mean: tf.Tensor1D; variance: tf.Tensor1D }[] = [];
  const top = layers.reduce((x, { strides, outputs, last }, l) => {
    const bias = last ? (params[`bias${l}`] as tf.Tensor1D) : tf.zeros<tf.Rank.R1>([outputs]);
    const z = conv2d(x, params[`filter${l}`] as tf.Tensor4D, bias, { strides, pad: 1 });
    if (last) return z;
    const { y, ...own } = batchNorm(z, params[`gamma${l}`] as tf.Tensor1D, params[`beta${l}`] as tf.Tensor1D, epsilon);
    moments.push(own);
    return tf.relu(y);
  }, pixels);
  return { features: flatten(top), moments };
}

/** The stack as it is used: γ (z − mean) / √(variance + ε) + β becomes part of the filter and the bias. */
export const folded = (params: Params, moments: ChannelMoments): Stack =>
  Object.fromEntries(
    layers.flatMap(({ last }, l) => {
      const filter = params[`filter${l}`] as tf.Tensor4D;
      const own = moments[l];
      if (last || own === undefined)
        return [
          [`filter${l}`, filter.clone()],
          [`bias${l}`, (params[`bias${l}`] as tf.Tensor1D).clone()],
        ];
      const slope = tf.div<tf.Tensor1D>(params[`gamma${l}`] as tf.Tensor1D, tf.sqrt(own.variance.add(epsilon)));
      return [
        [`filter${l}`, filter.mul(slope)],
        [`bias${l}`, tf.sub(params[`beta${l}`] as tf.Tensor1D, own.mean.mul(slope))],
      ];
    }),
  );
