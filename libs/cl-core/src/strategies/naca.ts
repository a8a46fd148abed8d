import * as tf from '@engram/engine/tf';
import type { Rng } from '@engram/random';
import { padColumns } from '../model.ts';
import type { Model } from '../model.ts';
import { mapParams, zerosLike } from '../params.ts';
import type { Params } from '../params.ts';
import { sigmoidLayer, spikingLayer } from './naca-layers.ts';
import type { LayerResponse } from './naca-layers.ts';
import type { Strategy } from './strategy.ts';

export interface NacaOptions {
  /** `sigmoid`: one value per unit; `spiking`: leaky units over `steps` time steps, fed with random spikes. */
  readonly neuron?: 'sigmoid' | 'spiking';
  /**
   * Which units take part, from the input: `batch`: from the mean of all rows of a batch, in training and at test, as in the
   * published code; `row`: from each row alone; `none`: all. In a stream with one class per task a batch mean at test tells the class,
   * so `batch` uses what it should find out.
   */
  readonly mask?: 'batch' | 'row' | 'none';
  /** δ: units whose input lies less than this below the largest take part. */
  readonly maskMargin?: number;
  /** Inputs become (x − mean) / deviation. */
  readonly mean?: number;
  readonly deviation?: number;
  /** Time steps of spiking units. */
  readonly steps?: number;
}

interface Receptors {
  /** For each hidden layer the strength with which each neuromodulator reaches each unit: [2 · classes, units], fixed. */
  readonly receptors: readonly tf.Tensor2D[];
}

/**
 * Neuromodulation-assisted credit assignment (Zhang, Cheng, Jia, Li, Poo & Xu 2023, doi:10.1126/sciadv.adi2947): no error is propagated
 * back. The expected class y sets a level λ = e(y)·N at every hidden unit, whose plasticity M(λ) is between potentiation and depression:
 *
 *     ∂W_hidden = Σ xᵀ [M(λ) ∘ m ∘ a(1 − a)]        ∂W_out = Σ hᵀ [(o − y) ∘ o(1 − o)]
 *
 * with a = σ(xW), the input mask m and o = σ(hW); sums over the rows, so the learning rate belongs to the batch size. Needs a network
 * without biases (`sigmoid-mlp`).
 */
export function naca(options: NacaOptions = {}): Strategy<Receptors> {
  const { neuron = 'sigmoid', mask = 'batch', maskMargin = 0.2, mean = 0, deviation = 1, steps = 20 } = options;
  const standardised = (x: tf.Tensor2D): tf.Tensor2D => tf.div(tf.sub(x, mean), deviation);

  /** Every layer's response, from the first hidden one to the output. */
  const respond = (model: Model, params: Params, inputs: tf.Tensor2D, rng: Rng): readonly LayerResponse[] => {
    const x = standardised(inputs);
    const responses: LayerResponse[] = [];
    let signal = neuron === 'spiking' ? randomSpikes(x, steps, rng) : [x];
    for (let l = 0; l <= model.hiddenUnits.length; l++) {
      const kernel = params[`kernel${l}`] as tf.Tensor2D;
      const hidden = l < model.hiddenUnits.length;
      const taking =
        hidden && mask !== 'none'
          ? inputMask(neuron === 'spiking' ? x : (signal[0] as tf.Tensor2D), kernel.shape[1], mask, maskMargin)
          : undefined;
      const response =
        neuron === 'spiking' ? spikingLayer(signal, kernel, taking) : sigmoidLayer(signal, kernel, taking);
      responses.push(response);
      signal = response.signal;
    }
    return responses;
  };

  return {
    name: 'naca',
    init: ({ model, rng }) => ({
      receptors: model.hiddenUnits.map((units, l) => {
        const own = rng.fork(l);
        const shape: [number, number] = [2 * model.outputs, units];
        return tf.tensor2d(
          Float32Array.from({ length: shape[0] * shape[1] }, () => own.float()),
          shape,
        );
      }),
    }),
    credit: ({ receptors }, { model, params, batches, rng }) => {
      const parts = batches.map(({ batch, factor }, b) => {
        const wanted = padColumns(batch.targets, batch.units, model.outputs);
        const responses = respond(model, params, batch.x, rng.fork(b));
        const expected = expectations(wanted);
        const error = tf.sub<tf.Tensor2D>((responses.at(-1) as LayerResponse).mean, wanted);
        const kernels = responses.map(({ kernelGradient }, l) => {
          const table = receptors[l];
          const gradient = kernelGradient(
            table === undefined ? error : modulation(tf.matMul<tf.Tensor2D>(expected, table)),
          );
          return [`kernel${l}`, tf.mul(gradient, factor)] as const;
        });
        return {
          loss: tf
            .square(error)
            .sum(1)
            .mean<tf.Scalar>()
            .mul<tf.Scalar>(factor / 2),
          grads: { ...zerosLike(params), ...Object.fromEntries(kernels) },
        };
      });
      return parts.reduce((sum, part) => ({
        loss: tf.add<tf.Scalar>(sum.loss, part.loss),
        grads: mapParams((a, b) => tf.add(a, b), sum.grads, part.grads),
      }));
    },
    classifier:
      (_, { model, params, rng }) =>
      (x) =>
        (respond(model, params, x, rng).at(-1) as LayerResponse).mean,
  };
}

/**
 * e(y), [rows, 2C]: ½ at the two neuromodulators that stand for class y of C, a_y = ⌊2(C − 1) √(ln(C/(y + 1)) / ln C)⌋ (y from 0) and the next.
 */
function expectations(oneHot: tf.Tensor2D): tf.Tensor2D {
  const [, classes] = oneHot.shape;
  const table = new Float32Array(classes * 2 * classes);
  for (let y = 0; y < classes; y++) {
    const at = Math.floor(2 * (classes - 1) * Math.sqrt(Math.log(classes / (y + 1)) / Math.log(classes)));
    table[y * 2 * classes + at] = 0.5;
    table[y * 2 * classes + at + 1] = 0.5;
  }
  return tf.matMul(oneHot, tf.tensor2d(table, [classes, 2 * classes]));
}

/** M(λ): potentiation at low levels of the modulator falls to 0 at λ = ½, and turns into depression above; M(1 − λ) = −M(λ). */
export function modulation(levels: tf.Tensor2D): tf.Tensor2D {
  const largest = 1.2;
  const inversion = 0.5;
  const below = tf.minimum(levels, tf.sub(2 * inversion, levels));
  const outer: tf.Tensor2D = tf.sub(
    largest,
    tf.square(below.mul(4).sub(inversion)).mul((largest - 1) / inversion ** 2),
  );
  const inner: tf.Tensor2D = tf.square(below.sub(inversion)).mul(4 / inversion ** 2);
  const size = tf.where<tf.Tensor2D>(tf.lessEqual(below, inversion / 2), outer, inner);
  return tf.mul(size, tf.sign(tf.sub(inversion, levels)));
}

/** σ(1000 (r − (max r − δ))), where r is the input stretched to one value per unit: [rows or 1, units]. */
function inputMask(x: tf.Tensor2D, units: number, scope: 'batch' | 'row', margin: number): tf.Tensor2D {
  const nearest = Int32Array.from({ length: units }, (_, unit) => Math.floor((unit * x.shape[1]) / units));
  const seen = scope === 'batch' ? tf.mean<tf.Tensor2D>(x, 0, true) : x;
  const stretched = tf.gather(seen, tf.tensor1d(nearest, 'int32'), 1);
  const threshold = tf.sub(tf.max(stretched, 1, true), margin);
  return tf.sigmoid(tf.mul(tf.sub<tf.Tensor2D>(stretched, threshold), 1000));
}

/** At each time step a spike wherever the input is above a random threshold between its least and largest value. */
function randomSpikes(x: tf.Tensor2D, steps: number, rng: Rng): tf.Tensor2D[] {
  const least = tf.min(x);
  const range = tf.sub(tf.max(x), least);
  return Array.from({ length: steps }, () => {
    const thresholds = tf.tensor2d(
      Float32Array.from({ length: x.size }, () => rng.float()),
      x.shape,
    );
    return tf.greater(x, thresholds.mul(range).add(least)).cast<tf.Tensor2D>('float32');
  });
}
