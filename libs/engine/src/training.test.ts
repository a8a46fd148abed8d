import * as tf from '#tf';
import { describe, expect, it } from 'vitest';
import {
  adamStep,
  binaryCrossEntropy,
  conv2d,
  dense,
  softmaxCrossEntropy,
  standardNormal,
  useEngine,
} from './index.ts';
import type { EngineName } from './index.ts';
import { numbersOf, ownEngines } from './testing.ts';

/** A network to be trained; `loss` is given the weights in the order of `shapes`. */
interface Example {
  readonly shapes: readonly (readonly number[])[];
  readonly learningRate: number;
  readonly loss: (weights: readonly tf.Tensor[], step: number) => tf.Scalar;
}

/** The weights as pairs of kernel and bias. */
const layersOf = (weights: readonly tf.Tensor[]): (readonly [tf.Tensor, tf.Tensor1D])[] =>
  Array.from({ length: weights.length / 2 }, (_, i) => [
    weights[2 * i] as tf.Tensor,
    weights[2 * i + 1] as tf.Tensor1D,
  ]);

const layerShapes = (...kernels: readonly (readonly number[])[]): number[][] =>
  kernels.flatMap((shape) => [[...shape], [shape.at(-1) ?? 0]]);

/** Labels 0, 1, …, 9, 0, … as one-hot rows. */
const labels = (rows: number): tf.Tensor2D =>
  tf
    .oneHot(
      tf.tensor1d(
        Array.from({ length: rows }, (_, i) => i % 10),
        'int32',
      ),
      10,
    )
    .cast('float32');

/** Numbers from 0 to 1. */
const shades = (count: number): Float32Array => numbersOf(1)(count).map((v) => Math.abs(v) % 1);

/** The layers of W1, narrower: 784-100-100-10. */
function perceptron(): Example {
  const rows = 16;
  const x = shades(rows * 784);
  return {
    shapes: layerShapes([784, 100], [100, 100], [100, 10]),
    learningRate: 3e-4,
    loss: (weights) => {
      const [first, second, readout] = layersOf(weights) as [
        [tf.Tensor2D, tf.Tensor1D],
        [tf.Tensor2D, tf.Tensor1D],
        [tf.Tensor2D, tf.Tensor1D],
      ];
      const h = dense(tf.tensor2d(x, [rows, 784]), ...first, { activation: 'relu' });
      return softmaxCrossEntropy(dense(dense(h, ...second, { activation: 'relu' }), ...readout), labels(rows));
    },
  };
}

/** The layers and losses of W3, narrower: a variational autoencoder 196-64-64-16-64-64-196. */
function autoencoder(): Example {
  const [rows, pixels, hidden, latent] = [16, 196, 64, 16];
  const x = shades(rows * pixels);
  return {
    shapes: layerShapes(
      [pixels, hidden],
      [hidden, hidden],
      [hidden, latent],
      [hidden, latent],
      [latent, hidden],
      [hidden, hidden],
      [hidden, pixels],
    ),
    learningRate: 1e-3,
    loss: (weights, step) => {
      const layers = layersOf(weights) as [tf.Tensor2D, tf.Tensor1D][];
      const layer = (input: tf.Tensor2D, l: number, activation: 'linear' | 'relu' = 'relu'): tf.Tensor2D => {
        const [kernel, bias] = layers[l] as [tf.Tensor2D, tf.Tensor1D];
        return dense(input, kernel, bias, { activation });
      };
      const pictures = tf.tensor2d(x, [rows, pixels]);
      const code = layer(layer(pictures, 0), 1);
      const mean = layer(code, 2, 'linear');
      const logVariance = layer(code, 3, 'linear');
      const noise = standardNormal([rows, latent], [7, step]);
      const z = tf.add<tf.Tensor2D>(mean, tf.mul(tf.exp(tf.mul(logVariance, 0.5)), noise));
      const rebuilt = layer(layer(layer(z, 4), 5), 6, 'linear');
      const variational = tf.sum(tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(logVariance, 1)));
      return tf.add(binaryCrossEntropy(rebuilt, pictures, tf.fill([rows], 1 / rows)), tf.mul(variational, 0.5 / rows));
    },
  };
}

/** The layers of W4s on smaller pictures with fewer channels: 3×3 with stride 2 three times, and a readout. */
function convnet(): Example {
  const [rows, side, channels] = [8, 16, [4, 8, 16]] as const;
  const x = shades(rows * side * side * 3);
  return {
    shapes: layerShapes([3, 3, 3, 4], [3, 3, 4, 8], [3, 3, 8, 16], [2 * 2 * 16, 10]),
    learningRate: 1e-3,
    loss: (weights) => {
      const layers = layersOf(weights);
      let h = tf.tensor4d(x, [rows, side, side, 3]);
      channels.forEach((_, l) => {
        const [filter, bias] = layers[l] as [tf.Tensor4D, tf.Tensor1D];
        h = conv2d(h, filter, bias, { strides: 2, pad: 'same', activation: 'relu' });
      });
      const [kernel, bias] = layers.at(-1) as [tf.Tensor2D, tf.Tensor1D];
      return softmaxCrossEntropy(dense(tf.reshape(h, [rows, -1]), kernel, bias), labels(rows));
    },
  };
}

/** The losses of `steps` steps with Adam, from the same weights each time. */
async function losses(engine: EngineName, { shapes, learningRate, loss }: Example, steps = 100): Promise<number[]> {
  await useEngine(engine);
  const draw = numbersOf(2);
  let params: tf.Tensor[] = shapes.map((shape) => {
    const fanIn = tf.util.sizeFromShape([...shape.slice(0, -1)]);
    return tf.tensor(
      draw(tf.util.sizeFromShape([...shape])).map((v) => v / Math.sqrt(2 * fanIn)),
      [...shape],
    );
  });
  let firstMoments: tf.Tensor[] = params.map((p) => tf.zerosLike(p));
  let secondMoments: tf.Tensor[] = params.map((p) => tf.zerosLike(p));
  const found: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const { value, grads } = tf.valueAndGrads((...weights: tf.Tensor[]) => loss(weights, step))(params);
    found.push(value.dataSync()[0] ?? NaN);
    const adam = { learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step };
    const next = adamStep({ params, grads, firstMoments, secondMoments, ...adam });
    tf.dispose([params, grads, firstMoments, secondMoments, value]);
    ({ params, firstMoments, secondMoments } = next);
  }
  tf.dispose([params, firstMoments, secondMoments]);
  return found;
}

const examples = { perceptron, autoencoder, convnet };
/** TensorFlow.js' own kernels are slow: every engine is compared with the same losses. */
const stock = new Map<string, Promise<number[]>>();

describe.skipIf(ownEngines.length === 0).each(ownEngines)('training on the engine %s', (engine) => {
  it.each(Object.entries(examples))('%s: the losses of TensorFlow.js over 100 steps', async (name, make) => {
    const example = make();
    const expected = stock.get(name) ?? losses('cpu', example);
    stock.set(name, expected);
    const known = await expected;
    const own = await losses(engine, example);
    expect(own).toHaveLength(100);
    own.forEach((loss, i) => expect(Math.abs(loss / (known[i] ?? NaN) - 1)).toBeLessThan(1e-4));
    // the training does something
    expect(own.at(-1)).toBeLessThan(0.9 * (own[0] ?? NaN));
  });

  it.each(Object.entries(examples))('%s: the same bits each time', async (_, make) => {
    const example = make();
    expect(await losses(engine, example, 20)).toEqual(await losses(engine, example, 20));
  });
});
