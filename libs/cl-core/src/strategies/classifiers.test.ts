import { standardNormal, useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { createRng } from '@engram/random';
import { beforeAll, expect, it } from 'vitest';
import { mapParams } from '../params.ts';
import { vae } from '../models/vae.ts';
import { adam } from '../optimizers.ts';
import { digitTasks, smallLearner, train } from '../testing.ts';
import { generativeClassifier } from './generative-classifier.ts';
import { herdingOrder, icarl } from './icarl.ts';
import { ncm } from './ncm.ts';
import { slda } from './slda.ts';
import type { Lesson, Strategy } from './strategy.ts';

beforeAll(async () => {
  await useEngine('cpu');
});

const model = { inputs: 2, outputs: 3 } as Lesson['model'];
const rng = createRng(1);

/** A strategy without a network after some lessons, each a list of rows [x₀, x₁, label]. */
function learned(strategy: Strategy, lessons: readonly (readonly (readonly [number, number, number])[])[]) {
  const { withoutNetwork, classifier } = strategy;
  if (withoutNetwork === undefined || classifier === undefined) throw new Error('it has a network');
  const start = {
    params: withoutNetwork.weights({ model, params: {}, taskCount: 1, rng }),
    state: strategy.init({ model, params: {}, taskCount: 1, rng }),
    loss: NaN,
  };
  const end = lessons.reduce((before, rows) => {
    const batch = {
      source: Float32Array.from(rows.flatMap(([a, b]) => [a, b])),
      rowLength: 2,
      rows: Int32Array.from(rows.keys()),
      scale: 1,
      labels: Int32Array.from(rows, ([, , label]) => label),
      task: 0,
    };
    const lesson = { batches: [batch], model, optimizer: adam({ learningRate: 0.001 }), rng };
    const { params, state, loss } = withoutNetwork.learn(before.state, before.params, lesson);
    return { params, state, loss: loss.dataSync()[0] ?? NaN };
  }, start);
  return { ...end, scores: classifier(end.state, { model, params: end.params, gates: undefined, rng }) };
}

const lessons = [
  [
    [1, 0, 0],
    [0, 2, 1],
    [3, 0, 0],
  ],
  [
    [2, 3, 0],
    [0, 4, 1],
  ],
] as const;

it('nearest class mean keeps the mean of every class and answers with the nearest', () => {
  // means: (1+3+2, 0+0+3)/3 = (2, 1) and (0, 3); the second lesson is ½ mean of (0 + 9, 0 + 4) away from (2, 0) and (0, 2)
  const { params, scores, loss } = learned(ncm(), lessons);
  const means = params['means']?.arraySync() as number[][];
  [
    [2, 1],
    [0, 3],
    [0, 0],
  ].forEach((mean, c) => mean.forEach((value, d) => expect(means[c]?.[d]).toBeCloseTo(value, 5)));
  expect(loss).toBeCloseTo((9 + 4) / 4, 5);
  const [row = []] = scores(tf.tensor2d([[1, 1]])).arraySync();
  // −½‖x − μ‖² up to ½‖x‖² = 1: −½ + 1 and −½(1 + 4) + 1; the class that was never met cannot win
  expect(row[0]).toBeCloseTo(0.5, 5);
  expect(row[1]).toBeCloseTo(-1.5, 5);
  expect(row[2]).toBeLessThan(-1e20);
});

it('streaming LDA gives what the updates of the paper give row by row, whatever the batches', () => {
  const shrinkage = 0.1;
  const sigma = [0, 0, 0, 0];
  const means = [0, 1].map(() => ({ mean: [0, 0], count: 0 }));
  lessons.flat().forEach(([a, b, label], n) => {
    const own = means[label] ?? { mean: [], count: 0 };
    const d = [a, b].map((value, i) => value - (own.mean[i] ?? 0));
    for (let i = 0; i < 4; i++) {
      sigma[i] = (n * (sigma[i] ?? 0) + (n / (n + 1)) * (d[i >> 1] ?? 0) * (d[i & 1] ?? 0)) / (n + 1);
    }
    own.count += 1;
    own.mean = own.mean.map((value, i) => value + (d[i] ?? 0) / own.count);
  });
  const { params, scores } = learned(slda({ shrinkage }), lessons);
  [...(params['covariance']?.dataSync() ?? [])].forEach((value, i) => expect(value).toBeCloseTo(sigma[i] ?? NaN, 5));
  const [p = 0, q = 0, , r = 0] = sigma.map(
    (value, i) => (1 - shrinkage) * value + (i === 0 || i === 3 ? shrinkage : 0),
  );
  const determinant = p * r - q * q;
  const expected = means.map(({ mean: [m = 0, k = 0] }) => {
    const direction = [(r * m - q * k) / determinant, (p * k - q * m) / determinant];
    const at = (x: number, y: number): number => x * (direction[0] ?? 0) + y * (direction[1] ?? 0);
    return at(0.5, 2) - at(m, k) / 2;
  });
  const [row = []] = scores(tf.tensor2d([[0.5, 2]])).arraySync();
  expected.forEach((value, c) => expect(row[c]).toBeCloseTo(value, 3));
});

it('the likelihood of a generator whose code says nothing is that of the picture it always makes', () => {
  const generator = vae({ inputs: 2, hidden: [3], latent: 2, sharedEncoder: false, modes: 0 });
  const zero = mapParams(tf.zerosLike, generator.init(createRng(1)));
  // q(z|x) = p(z) and every decoded pixel is ½: −½ ((1 − ½)² + (0.2 − ½)²)
  const found = generator.logLikelihood(zero, tf.tensor2d([[1, 0.2]]), 4, createRng(2)).dataSync()[0];
  expect(found).toBeCloseTo(-0.5 * (0.25 + 0.09), 5);
  // a shifted posterior is paid for: with μ = (1, 0) each sample weighs p(z)/q(z) = exp(−½ (2ε₀ + 1)), z₀ = 1 + ε₀
  const shifted = { ...zero, 'vae.mean.bias': tf.tensor1d([1, 0]) };
  const noise = createRng(2);
  const weights = Array.from({ length: 3 }, () => {
    const epsilon = standardNormal([2], [noise.uint32(), noise.uint32()]).dataSync()[0] ?? NaN;
    return Math.exp(-0.5 * (2 * epsilon + 1));
  });
  const mean = weights.reduce((sum, value) => sum + value, 0) / 3;
  const other = generator.logLikelihood(shifted, tf.tensor2d([[1, 0.2]]), 3, createRng(2)).dataSync()[0];
  expect(other).toBeCloseTo(-0.5 * (0.25 + 0.09) + Math.log(mean), 4);
});

it('herding chooses the row that keeps the running mean closest to the mean of all', () => {
  const angles = [10, 50, 60, 180].map((degrees) => (degrees * Math.PI) / 180);
  const rows = angles.map((angle) => [Math.cos(angle), Math.sin(angle)]);
  // by the definition, trying every row
  const mean = [0, 1].map((d) => rows.reduce((sum, row) => sum + (row[d] ?? 0), 0));
  const length = Math.hypot(...mean);
  const expected: number[] = [];
  while (expected.length < 3) {
    const distance = (j: number): number =>
      Math.hypot(
        ...[0, 1].map((d) => {
          const sum = [...expected, j].reduce((total, i) => total + (rows[i]?.[d] ?? 0), 0);
          return (mean[d] ?? 0) / length - sum / (expected.length + 1);
        }),
      );
    const left = [0, 1, 2, 3].filter((j) => !expected.includes(j));
    expected.push(left.reduce((a, b) => (distance(b) < distance(a) ? b : a)));
  }
  expect(herdingOrder(tf.tensor2d(rows), 3)).toEqual(expected);
});

it('iCaRL asks the earlier network for the targets of earlier classes, and the label for those of new ones', () => {
  const strategy = icarl({ capacity: 2 });
  const teacher = { params: {}, units: 2 };
  const logits = () => tf.tensor2d([[2, -4, 7, 7]]);
  const batch = {
    x: tf.zeros<tf.Rank.R2>([1, 1]),
    targets: tf.tensor2d([[0, 0, 0, 1]]),
    units: { from: 0, to: 4 },
    task: 1,
    weight: 1,
  };
  const step = { model: { logits } } as never;
  const found = strategy.relabel?.({ exemplars: [], teacher }, batch, step);
  expect(found?.loss).toBe('binary-cross-entropy');
  [1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(2)), 0, 1].forEach((value, c) =>
    expect(found?.targets.dataSync()[c]).toBeCloseTo(value, 5),
  );
});

it.each([
  ['ncm', () => ncm(), 0.8],
  ['slda', () => slda(), 0.9],
  ['generative-classifier', () => generativeClassifier({ hidden: [20], samples: 10 }), 0.8],
  ['icarl', () => icarl({ capacity: 20 }), 0.35],
] as const)('%s tells all classes apart after it learned them two by two', async (_, build, least) => {
  await useEngine('auto');
  const stream = await digitTasks('class');
  const learner = smallLearner(stream, [build()]);
  train(learner, stream, 120);
  const last = stream.tasks.at(-1);
  if (last === undefined) throw new Error('no task');
  learner.conclude(last.index, last.train);
  let sum = 0;
  for (const task of stream.tasks) sum += await learner.accuracy(task.index, task.test);
  expect(sum / stream.tasks.length).toBeGreaterThan(least);
});
