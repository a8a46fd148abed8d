import { useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { createRng } from '@engram/random';
import { describe, expect, it } from 'vitest';
import { diagonalFisher } from './fisher.ts';
import { mlp } from './models/mlp.ts';
import type { Gates } from './model.ts';
import { paramList, paramsFrom } from './params.ts';
import type { Params } from './params.ts';
import { digitTasks } from './testing.ts';

const count = 12;
const model = mlp({ inputs: 64, hidden: [6, 5], outputs: 4 });

/** The definition, one example and one class at a time, in 64 bits. */
function bruteForce(params: Params, x: tf.Tensor2D, units: { from: number; to: number }, gates?: Gates): number[] {
  const sums: number[] = [];
  for (let n = 0; n < x.shape[0]; n++) {
    const row = x.slice([n, 0], [1, 64]);
    const logits = (list: tf.Tensor[]): tf.Tensor2D =>
      model.logits(paramsFrom(list, params), row, gates).slice([0, units.from], [1, units.to - units.from]);
    const probabilities = tf.softmax(logits(paramList(params))).dataSync();
    probabilities.forEach((p, c) => {
      const gradient = tf.grads((...list: tf.Tensor[]) => tf.logSoftmax(logits(list)).slice([0, c], [1, 1]).sum())(
        paramList(params),
      );
      gradient
        .flatMap((g) => [...g.dataSync()])
        .forEach((g, i) => (sums[i] = (sums[i] ?? 0) + (p * g * g) / x.shape[0]));
    });
  }
  return sums;
}

describe.each(['cpu', 'auto'] as const)('Fisher information on the engine %s', (engine) => {
  it.each([
    ['all units', { from: 0, to: 4 }, undefined],
    ['one head', { from: 2, to: 4 }, undefined],
    ['gates after the activation', { from: 0, to: 4 }, 'after-activation'],
    ['gates in front of the bias', { from: 0, to: 4 }, 'before-bias'],
  ] as const)('is exact per example, for %s', async (_, units, position) => {
    const stream = await digitTasks('class');
    await useEngine(engine);
    const gates: Gates | undefined = position && {
      layers: [tf.tensor1d([1, 0, 1, 1, 0, 1]), tf.tensor1d([0, 1, 1, 0.5, 1])],
      position,
    };
    const params = model.init(createRng(3));
    const batch = stream.tasks[0]?.train.batch(Int32Array.from({ length: count }, (_, i) => i));
    const x = tf.tensor2d(
      [...(batch?.rows ?? [])].flatMap((row) =>
        [...(batch?.source.subarray(row * 64, row * 64 + 64) ?? [])].map((v) => v / 16),
      ),
      [count, 64],
    );
    const examples = {
      count,
      batch: (positions: Int32Array) => {
        const read = stream.tasks[0]?.train.batch(positions);
        if (read === undefined) throw new Error('no task');
        return { ...read, labels: read.labels.map((label) => units.from + (label % (units.to - units.from))) };
      },
    };
    const subject = { model, params, examples, units, gates, rng: createRng(1) };
    const found = paramList(diagonalFisher(subject, { estimator: 'exact', examples: 'all', batchSize: 5 })).flatMap(
      (t) => [...t.dataSync()],
    );
    const expected = bruteForce(params, x, units, gates);
    expect(found).toHaveLength(expected.length);
    found.forEach((value, i) => expect(Math.abs(value - (expected[i] ?? NaN))).toBeLessThan(1e-6));
    expect(Math.max(...found)).toBeGreaterThan(1e-3);
  });
});

it('is many times smaller when the gradient is averaged before it is squared', async () => {
  const stream = await digitTasks('class');
  const [task] = stream.tasks;
  if (task === undefined) throw new Error('no task');
  const wide = mlp({ inputs: 64, hidden: [8], outputs: 10 });
  const params = wide.init(createRng(5));
  const subject = {
    model: wide,
    params,
    examples: task.train,
    units: { from: 0, to: 2 },
    gates: undefined,
    rng: createRng(1),
  };
  const total = (estimator: 'exact' | 'sampled' | 'batched'): number =>
    paramList(diagonalFisher(subject, { estimator, examples: 128, batchSize: 64 })).reduce(
      (sum, t) => sum + (t.sum().dataSync()[0] ?? 0),
      0,
    );
  const exact = total('exact');
  expect(total('sampled') / exact).toBeGreaterThan(0.8);
  expect(total('sampled') / exact).toBeLessThan(1.25);
  expect(total('batched') / exact).not.toBeCloseTo(1, 1);
});
