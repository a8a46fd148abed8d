import { useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { createRng } from '@engram/random';
import { beforeAll, expect, it } from 'vitest';
import { mlp } from '../models/mlp.ts';
import { modulation, naca } from './naca.ts';
import { sigmoidLayer, spikingLayer } from './naca-layers.ts';

beforeAll(async () => {
  await useEngine('cpu');
});

const row = (...values: number[]): tf.Tensor2D => tf.tensor2d([values]);
const close = (found: tf.Tensor, expected: readonly number[]): void => {
  const values = [...found.dataSync()];
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 5));
};

it('turns from potentiation into depression as the paper draws it', () => {
  const levels = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
  close(modulation(row(...levels)), [1, 1.2, 1, 0.25, 0, -0.25, -1, -1.2, -1]);
});

it('a sigmoid layer’s gradient is that of ⟨masked output, modulation⟩', () => {
  const x = tf.tensor2d([
    [0.5, -1],
    [2, 0.3],
  ]);
  const mask = row(1, 0.25);
  const wanted = tf.tensor2d([
    [1, -0.5],
    [0.2, 1.2],
  ]);
  const kernel = tf.tensor2d([
    [0.1, -0.4],
    [0.7, 0.3],
  ]);
  const [automatic] = tf.grads((w: tf.Tensor) =>
    tf.sum(tf.mul(sigmoidLayer([x], w as tf.Tensor2D, mask).mean, wanted)),
  )([kernel]);
  close(sigmoidLayer([x], kernel, mask).kernelGradient(wanted), [...(automatic?.dataSync() ?? [])]);
});

it('a spiking unit fires, is reset and learns as worked out by hand', () => {
  // one input that spikes twice, weight 1: drive σ(1) = 0.7310586 at both steps
  const drive = 1 / (1 + Math.exp(-1));
  const layer = spikingLayer([row(1), row(1)], row(1), undefined);
  // v₁ = 0.73 > ½: a spike; v₂ = 0.2·v₁·(1 − 1) + 0.73: another
  close(tf.concat(layer.signal, 0), [1, 1]);
  close(layer.mean, [1]);
  // the last slope is [v > 0.3] − previous spike = 0, so nothing is learned
  close(layer.kernelGradient(row(2)), [0]);
  // silent at first (σ(−3) = 0.047), then driven: slope 1 − 0 at the second step, 0 at the first
  const late = spikingLayer([row(1, 0), row(0, 1)], tf.tensor2d([[-3], [1]]), undefined);
  close(tf.concat(late.signal, 0), [0, 1]);
  const first = 1 / (1 + Math.exp(3));
  // through the decay, 0.2·(1 − 0), a part reaches the first step's weight
  close(late.kernelGradient(row(2)), [2 * 0.2 * first * (1 - first), 2 * drive * (1 - drive)]);
});

it('assigns credit to the weights of the hidden layer by the label alone, and to the output by its error', () => {
  const model = mlp({ inputs: 2, hidden: [3], outputs: 2, activation: 'sigmoid', biases: false });
  const params = model.init(createRng(1));
  const strategy = naca({ mask: 'none' });
  const state = strategy.init({ model, params, taskCount: 1, rng: createRng(2) });
  const x = row(1, -2);
  const batch = { x, targets: row(0, 1), units: { from: 0, to: 2 }, task: 0, weight: 1 };
  const credit = strategy.credit?.(state, {
    model,
    params,
    batches: [{ batch, gates: undefined, factor: 1 }],
    rng: createRng(3),
  });
  const hidden: tf.Tensor2D = tf.sigmoid(tf.matMul(x, params['kernel0'] as tf.Tensor2D));
  const output = tf.sigmoid(tf.matMul(hidden, params['kernel1'] as tf.Tensor2D));
  // class 1 of 2: ⌊2 · √(ln(2/2)/ln 2)⌋ = 0, so the modulators 0 and 1, each by half
  const table = state.receptors[0]?.arraySync() ?? [];
  const levels = [0, 1, 2].map((unit) => ((table[0]?.[unit] ?? NaN) + (table[1]?.[unit] ?? NaN)) / 2);
  const slope = hidden.mul(tf.sub(1, hidden));
  close(credit?.grads['kernel0'] ?? x, [
    ...tf.matMul(x, modulation(row(...levels)).mul<tf.Tensor2D>(slope), true).dataSync(),
  ]);
  const error = tf.sub(output, row(0, 1)).mul<tf.Tensor2D>(output.mul(tf.sub(1, output)));
  close(credit?.grads['kernel1'] ?? x, [...tf.matMul(hidden, error, true).dataSync()]);
});

it('with the mask of a batch the other rows change the answer, with that of a row they do not', () => {
  const model = mlp({ inputs: 2, hidden: [4], outputs: 2, activation: 'sigmoid', biases: false });
  const params = model.init(createRng(1));
  const answers = (mask: 'batch' | 'row') => {
    const strategy = naca({ mask, maskMargin: 0.1 });
    const state = strategy.init({ model, params, taskCount: 1, rng: createRng(2) });
    const classify = strategy.classifier?.(state, { model, params, gates: undefined, rng: createRng(3) });
    const alone = classify?.(row(1, 0)).dataSync()[0];
    const beside = classify?.(
      tf.tensor2d([
        [1, 0],
        [0, 3],
      ]),
    ).dataSync()[0];
    return [alone, beside];
  };
  const [alone, beside] = answers('row');
  expect(alone).toBe(beside);
  const [ofBatch, ofOther] = answers('batch');
  expect(ofBatch).not.toBeCloseTo(ofOther ?? NaN, 3);
});
