import { useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { beforeAll, expect, it } from 'vitest';
import { batchFactors, batchLoss } from '../batch.ts';
import type { LearningBatch } from '../batch.ts';
import type { Model } from '../model.ts';
import { digitTasks, smallLearner, train, valuesOf, vector } from '../testing.ts';
import { project } from './agem.ts';
import { teacherAnswers, teacherLabels } from './distillation.ts';
import { brainInspiredReplay, deepGenerativeReplay } from './generative-replay.ts';
import { lwf } from './lwf.ts';

beforeAll(async () => {
  await useEngine('cpu');
});

const row = (...values: number[]): tf.Tensor2D => tf.tensor2d([values]);
const closeTo = (found: readonly number[], expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] ?? NaN, 5);
  });
};

it('A-GEM takes out of the gradient what points against the reference, and nothing else', () => {
  // (1, −2, 2)·(−1, 1, 0) = −3 and the reference’s square is 2: g + 1.5 (−1, 1, 0)
  closeTo(valuesOf(project(vector(1, -2, 2), vector(-1, 1, 0))), [-0.5, -0.5, 2]);
  closeTo(valuesOf(project(vector(1, -2, 2), vector(1, -1, 0))), [1, -2, 2]);
  closeTo(valuesOf(project(vector(1, -2, 2), vector(0, 0, 0))), [1, -2, 2]);
});

it('a distilled answer is softmax(logits / 2) over the units that the teacher knows, and 0 for the others', () => {
  const model = { logits: () => row(9, 2, 0, 5, 9) } as unknown as Model;
  const past = { tasks: [0], units: { from: 1, to: 5 }, knownUnits: { from: 1, to: 4 }, gates: undefined };
  const e = [Math.E, 1, Math.exp(2.5)];
  const sum = e.reduce((a, b) => a + b);
  closeTo([...teacherAnswers(model, {}, row(0), past).dataSync()], [...e.map((value) => value / sum), 0]);
  closeTo([...teacherLabels(model, {}, row(0), past).dataSync()], [0, 0, 1, 0]);
});

it('a batch’s loss divides by the temperature, or compares logits', () => {
  const batch = { x: row(0), targets: row(0.25, 0.75), units: { from: 0, to: 2 }, task: 0, weight: 1 };
  const log = (z: number, other: number): number => z - Math.log(Math.exp(z) + Math.exp(other));
  const soft = batchLoss({ ...batch, temperature: 2 }, row(2, -2));
  closeTo([...soft.dataSync()], [-(0.25 * log(1, -1) + 0.75 * log(-1, 1))]);
  closeTo([...batchLoss({ ...batch, loss: 'squared-error' }, row(2, -2)).dataSync()], [(1.75 ** 2 + 2.75 ** 2) / 2]);
});

it('batches share the loss by their weights, and added ones keep theirs', () => {
  const batch = (weight: number, added = false) => ({ weight, added }) as LearningBatch;
  closeTo(batchFactors([batch(1), batch(3), batch(0.5, true)]), [0.25, 0.75, 0.5]);
});

it.each([
  ['lwf', () => lwf()],
  ['dgr', () => deepGenerativeReplay({ latent: 8 })],
  ['bir', () => brainInspiredReplay({ latent: 8, gatedFraction: 0.2 })],
] as const)(
  '%s keeps the first task better than plain training',
  async (_, build) => {
    await useEngine('auto');
    const stream = await digitTasks('domain', 2);
    const [first] = stream.tasks;
    if (first === undefined) throw new Error('no task');
    const kept = async (strategies: Parameters<typeof smallLearner>[1]): Promise<number> => {
      const learner = smallLearner(stream, strategies);
      train(learner, stream, 800);
      const accuracy = await learner.accuracy(0, first.test);
      learner.dispose();
      return accuracy;
    };
    expect((await kept([build()])) - (await kept([]))).toBeGreaterThan(0.03);
  },
  180_000,
);
