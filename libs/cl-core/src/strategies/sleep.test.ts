import { useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { beforeAll, expect, it } from 'vitest';
import { digitTasks, smallLearner, train } from '../testing.ts';
import { experienceReplay } from './experience-replay.ts';
import { limitNorms, shrinkUnimportant, sleep } from './sleep.ts';

beforeAll(async () => {
  await useEngine('cpu');
});

const close = (found: tf.Tensor, expected: readonly number[]): void =>
  [...found.dataSync()].forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 5));

it('shrinks a weight the more the less it matters', () => {
  // importances 4, 1, 0 of at most 4, α = 0.2: factors 1, 1 − 0.2·¾, 1 − 0.2
  close(shrinkUnimportant(tf.tensor2d([[10, -10, 5]]), tf.tensor2d([[4, 1, 0]]), 0.2), [10, -8.5, 4]);
  // nothing matters yet: all shrink alike
  close(shrinkUnimportant(tf.tensor2d([[10, -10]]), tf.tensor2d([[0, 0]]), 0.2), [8, -8]);
});

it('shortens the input weights of units that are longer than the mean', () => {
  // columns (3, 4) and (0, 1): lengths 5 and 1, mean 3
  close(
    limitNorms(
      tf.tensor2d([
        [3, 0],
        [4, 1],
      ]),
      1,
    ),
    [3 * 0.6, 0, 4 * 0.6, 1],
  );
});

it('replays what it was given, also of the task that has just ended, and keeps more for it', async () => {
  await useEngine('auto');
  const stream = await digitTasks('class', 2);
  const replay = () => experienceReplay({ buffer: 'per-class', capacity: 20 });
  const kept = async (resting: ReturnType<typeof sleep>[]): Promise<number> => {
    const learner = smallLearner(stream, [replay(), ...resting]);
    train(learner, stream, 15);
    // the rest that would follow
    const [first, second] = stream.tasks;
    if (first === undefined || second === undefined) throw new Error('no task');
    learner.consolidate(1, second.train);
    const accuracy = await learner.accuracy(0, first.test);
    learner.dispose();
    return accuracy;
  };
  const awake = await kept([]);
  const rested = await kept([sleep({ downscaling: 'none', replaySteps: 60, batchSize: 16 })]);
  expect(rested).toBeGreaterThan(awake);
});
