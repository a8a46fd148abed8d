import { standardNormal, useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { createRng } from '@engram/random';
import { beforeAll, describe, expect, it } from 'vitest';
import { mapParams } from '../params.ts';
import type { Params } from '../params.ts';
import { vae } from './vae.ts';
import type { VaeRows } from './vae.ts';

beforeAll(async () => {
  await useEngine('cpu');
});

const options = { inputs: 3, hidden: [4, 3], latent: 2, sharedEncoder: false, modes: 0 };
const x = (): tf.Tensor2D => tf.tensor2d([0.2, 0.9, 0, 1, 0.5, 0.3], [2, 3]);
const number = (scalar: tf.Tensor): number => scalar.dataSync()[0] ?? NaN;

describe('the variational autoencoder', () => {
  it('has the loss of the paper: −½ Σ (1 + ln σ² − μ² − σ²) and Bernoulli pixels, both over the number of pixels', () => {
    const model = vae(options);
    // all weights zero but the biases of the means: μ = (0.3, −0.6), σ = 1, every pixel ½
    const zero = mapParams(tf.zerosLike, model.init(createRng(1)));
    const params = { ...zero, 'vae.mean.bias': tf.tensor1d([0.3, -0.6]) };
    const loss = number(model.loss(params, { x: x(), weights: tf.tensor1d([0.75, 0.25]) }, createRng(2)));
    expect(loss).toBeCloseTo((3 * Math.LN2 + 0.5 * (0.09 + 0.36)) / 3, 5);
  });

  it('takes real numbers as Gaussians of variance 1: ½ Σ (x − x̂)², generated without a squashing function', () => {
    const model = vae({ ...options, values: 'real' });
    const zero = mapParams(tf.zerosLike, model.init(createRng(1)));
    const params = { ...zero, 'vae.decoder2.bias': tf.tensor1d([0.5, -2, 3]) };
    const loss = number(model.loss(params, { x: x(), weights: tf.tensor1d([0.75, 0.25]) }, createRng(2)));
    const first = 0.3 ** 2 + 2.9 ** 2 + 3 ** 2;
    const second = 0.5 ** 2 + 2.5 ** 2 + 2.7 ** 2;
    expect(loss).toBeCloseTo((0.5 * (0.75 * first + 0.25 * second)) / 3, 5);
    expect([...model.sample(params, Int32Array.of(0), undefined, createRng(3)).dataSync()]).toEqual([0.5, -2, 3]);
  });

  it('measures q against the Gaussian of the row’s class, or against a mixture of them', () => {
    const model = vae({ ...options, modes: 2 });
    const zero = mapParams(tf.zerosLike, model.init(createRng(1)));
    const means = [
      [0.5, -1],
      [2, 0.25],
    ];
    const logVariances = [
      [0.2, -0.3],
      [0, 1],
    ];
    const params = {
      ...zero,
      'vae.modeMeans': tf.tensor2d(means),
      'vae.modeLogVariances': tf.tensor2d(logVariances),
    };
    // with all weights zero z is the noise itself, row by row
    const rng = createRng(2);
    const z = standardNormal([4], [rng.uint32(), rng.uint32()]).dataSync();
    const logNormal = (row: number, c: number): number =>
      [0, 1].reduce((sum, j) => {
        const variance = logVariances[c]?.[j] ?? NaN;
        return sum - 0.5 * (variance + ((z[2 * row + j] ?? NaN) - (means[c]?.[j] ?? NaN)) ** 2 / Math.exp(variance));
      }, 0);
    const shares = [
      [0, 1],
      [0.3, 0.7],
    ];
    const expected = [0, 1].reduce((sum, row) => {
      const logQ = -0.5 * ((z[2 * row] ?? NaN) ** 2 + (z[2 * row + 1] ?? NaN) ** 2);
      const p = [0, 1].reduce((total, c) => total + (shares[row]?.[c] ?? NaN) * Math.exp(logNormal(row, c)), 0);
      return sum + (3 * Math.LN2 + logQ - Math.log(p)) / 3 / 2;
    }, 0);
    const rows = { x: x(), modeShares: tf.tensor2d(shares), weights: tf.tensor1d([0.5, 0.5]) };
    expect(number(model.loss(params, rows, createRng(2)))).toBeCloseTo(expected, 4);
  });

  it.each(['fractions', 'real'] as const)(
    'has the gradient of finite differences, with classes, gates and a shared encoder: %s',
    (values) => {
      const model = vae({ ...options, values, sharedEncoder: true, modes: 2 });
      const start = model.init(createRng(3));
      const rows = (): VaeRows => ({
        x: x(),
        features: tf.tensor2d([0.1, 0.7, 0.4, 0.9, 0.2, 0.3], [2, 3]),
        modeShares: tf.tensor2d([1, 0, 0.4, 0.6], [2, 2]),
        gates: [tf.tensor2d([1, 0, 1, 0.4, 1, 1], [2, 3]), tf.ones([2, 4])],
        weights: tf.tensor1d([0.5, 0.5]),
      });
      const at = (params: Params): number => number(tf.tidy(() => model.loss(params, rows(), createRng(4))));
      const names = Object.keys(start);
      const { grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) =>
        model.loss(Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor])), rows(), createRng(4)),
      )(Object.values(start));
      names.forEach((name, i) => {
        const weights = start[name]?.dataSync() ?? [];
        const found = grads[i]?.dataSync() ?? [];
        const shape = start[name]?.shape ?? [];
        for (const k of [0, weights.length - 1]) {
          const moved = (by: number): Params => ({
            ...start,
            [name]: tf.tensor(
              [...weights].map((value, j) => (j === k ? value + by : value)),
              shape,
            ),
          });
          expect(found[k], `${name}[${k}]`).toBeCloseTo((at(moved(2e-3)) - at(moved(-2e-3))) / 4e-3, 3);
        }
      });
    },
  );

  it('generates what the decoder makes of the class’s Gaussian', () => {
    const model = vae({ ...options, modes: 2 });
    const params = {
      ...model.init(createRng(5)),
      'vae.modeLogVariances': tf.fill([2, 2], -60),
    };
    const made = model.sample(params, Int32Array.of(1, 0, 1), undefined, createRng(6)).arraySync();
    expect(made[0]).toEqual(made[2]);
    expect(made[0]).not.toEqual(made[1]);
    expect(made.flat().every((pixel) => pixel > 0 && pixel < 1)).toBe(true);
  });
});
