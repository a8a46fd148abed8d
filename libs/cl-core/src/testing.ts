import { useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { loadEmbedded, splitTasks } from '@engram/datasets';
import type { TaskStream } from '@engram/datasets';
import { createRng } from '@engram/random';
import { createLearner } from './learner.ts';
import type { Learner } from './learner.ts';
import { mlp } from './models/mlp.ts';
import { adam } from './optimizers.ts';
import type { Params } from './params.ts';
import type { Strategy } from './strategies/strategy.ts';

/** What the tests of this library share: the 8 × 8 digits in five tasks, and a small learner on them. */
export async function digitTasks(scenario: TaskStream['scenario'], tasks = 5): Promise<TaskStream> {
  await useEngine('auto');
  const dataset = await loadEmbedded('digits');
  return splitTasks(dataset, {
    tasks,
    scenario,
    heads: 'multi',
    activeClasses: 'all',
    classOrder: 'natural',
    rng: createRng(0),
  });
}

export function smallLearner(stream: TaskStream, strategies: readonly Strategy[], seed = 1): Learner {
  return createLearner({
    model: mlp({ inputs: stream.inputSize, hidden: [12, 9], outputs: stream.outputUnits }),
    optimizer: adam({ learningRate: 0.01 }),
    strategies,
    outputs: stream,
    rng: createRng(seed),
  });
}

/** Trains on the tasks from `from` on, `steps` steps of 16 rows each, and gives every loss. */
export function train(
  learner: Learner,
  stream: TaskStream,
  steps: number,
  from = 0,
  to = stream.tasks.length,
): number[] {
  const losses: number[] = [];
  for (const task of stream.tasks.slice(from, to)) {
    learner.beginTask(task.index);
    for (let step = 0; step < steps; step++) {
      const rows = Int32Array.from({ length: 16 }, (_, i) => (step * 16 + i) % task.train.count);
      const loss = learner.step([task.train.batch(rows)]);
      losses.push(loss.dataSync()[0] ?? NaN);
      loss.dispose();
    }
    if (task.index < stream.tasks.length - 1) learner.consolidate(task.index, task.train);
  }
  return losses;
}

export const vector = (...values: number[]): Params => ({ w: tf.tensor1d(values) });
export const valuesOf = (params: Params): number[] => Object.values(params).flatMap((tensor) => [...tensor.dataSync()]);
