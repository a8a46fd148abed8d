import { dense, squaredGradients } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { columns, padColumns } from '../model.ts';
import type { Gates, Likelihood, Model } from '../model.ts';
import { uniform } from '../params.ts';
import type { Params } from '../params.ts';

export interface MlpOptions {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** Of the hidden units. Default `relu`. */
  readonly activation?: 'relu' | 'sigmoid';
  /** Default true. */
  readonly biases?: boolean;
}

/**
 * Multi-layer perceptron: ReLU or sigmoid hidden layers and a linear output, no dropout, no normalisation. Weights and biases
 * start uniform in ±1/√fan_in. Gates act on hidden layers only.
 */
export function mlp({ inputs, hidden, outputs, activation = 'relu', biases = true }: MlpOptions): Model {
  const widths = [inputs, ...hidden, outputs];
  const layers = widths.slice(1).map((_, l) => ({ kernel: `kernel${l}`, bias: `bias${l}` }));
  const last = layers.length - 1;

  const weights = (params: Params, layer: number): { kernel: tf.Tensor2D; bias: tf.Tensor1D } => ({
    kernel: params[`kernel${layer}`] as tf.Tensor2D,
    bias: biases ? (params[`bias${layer}`] as tf.Tensor1D) : tf.zeros([widths[layer + 1] ?? 0]),
  });

  const hiddenLayer = (params: Params, x: tf.Tensor2D, layer: number, gates: Gates | undefined): tf.Tensor2D => {
    const { kernel, bias } = weights(params, layer);
    const gate = gates?.layers[layer];
    const gating = gate === undefined ? {} : { gate, gatePosition: gates?.position ?? 'after-activation' };
    if (activation === 'relu') return dense(x, kernel, bias, { activation, ...gating });
    const inFront = gating.gatePosition === 'before-bias';
    const h = tf.sigmoid(dense(x, kernel, bias, inFront ? gating : {}));
    return gate === undefined || inFront ? h : tf.mul<tf.Tensor2D>(h, gate);
  };

  /** The slope of the activation, from a layer's output and the gate that it was multiplied with. */
  const slope = (output: tf.Tensor2D, gates: Gates | undefined, layer: number): tf.Tensor2D => {
    if (activation === 'relu') return tf.step(output);
    const gate = gates?.position === 'after-activation' ? gates.layers[layer] : undefined;
    const h = gate === undefined ? output : tf.divNoNan<tf.Tensor2D>(output, gate);
    return tf.mul(h, tf.sub(1, h));
  };

  /** The input of every layer. */
  const layerInputs = (params: Params, x: tf.Tensor2D, gates?: Gates): tf.Tensor2D[] => {
    const values = [x];
    for (let l = 0; l < last; l++) values.push(hiddenLayer(params, values[l] as tf.Tensor2D, l, gates));
    return values;
  };
  const features: Model['features'] = (params, x, gates) => layerInputs(params, x, gates)[last] as tf.Tensor2D;
  const readout: Model['readout'] = (params, h) => {
    const { kernel, bias } = weights(params, last);
    return dense(h, kernel, bias);
  };

  return {
    inputs,
    hiddenUnits: hidden,
    outputs,
    init: (rng) =>
      Object.fromEntries(
        layers.flatMap(({ kernel, bias }, l) => {
          const [fanIn = 0, units = 0] = widths.slice(l);
          return [
            [kernel, uniform([fanIn, units], fanIn, rng.fork(kernel))] as const,
            ...(biases ? [[bias, uniform([units], fanIn, rng.fork(bias))] as const] : []),
          ];
        }),
      ),
    features,
    readout,
    logits: (params, x, gates) => readout(params, features(params, x, gates)),
    likelihood: (params, x, units, gates) => {
      const values = layerInputs(params, x, gates);
      const probabilities = tf.softmax(columns(readout(params, values[last] as tf.Tensor2D), units));
      return {
        probabilities,
        squaredGradients: (targets, rowWeights) => {
          const squared: Record<string, tf.Tensor> = {};
          // ∂ log p(y) / ∂ logit = y − p for the units that take part, 0 for the others
          let delta = padColumns(tf.sub(targets, probabilities), units, outputs);
          for (let l = last; l >= 0; l--) {
            const input = values[l] as tf.Tensor2D;
            const gate = l < last ? gates?.layers[l] : undefined;
            const inside = gate === undefined ? delta : delta.mul<tf.Tensor2D>(gate);
            const atKernel = squaredGradients(input, inside, rowWeights);
            squared[`kernel${l}`] = atKernel.kernel;
            // a gate in front of the bias leaves the bias ungated
            squared[`bias${l}`] =
              gates?.position === 'before-bias' ? squaredGradients(input, delta, rowWeights).bias : atKernel.bias;
            if (l > 0) {
              const { kernel } = weights(params, l);
              delta = tf.matMul(inside, kernel, false, true).mul<tf.Tensor2D>(slope(input, gates, l - 1));
            }
          }
          return Object.fromEntries(Object.keys(params).map((name) => [name, squared[name] as tf.Tensor]));
        },
      } satisfies Likelihood;
    },
  };
}
