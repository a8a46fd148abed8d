import type { Moment } from '@engram/experiment';
import type { Probe } from '@engram/scene-kit/worker';
import { linearCka } from '@engram/scene-net-parts';
import { flatWeights, representation } from '@engram/scene-net-parts/probe';

/** What the probe tells after each task. */
export interface Sight {
  /** How alike the hidden layer answers to pictures of the first task now and when it had just been learned: linear CKA. */
  readonly likeness: number;
  /** Change since then of every weight between the hidden layers, row by row; a row is a unit of the first layer. */
  readonly change: Float32Array;
  /** Columns of `change`. */
  readonly columns: number;
}

/** The hidden layer's answers and the weights when the first task had just been learned. */
let first: { readonly answers: Float32Array; readonly weights: Float32Array } = {
  answers: new Float32Array(),
  weights: new Float32Array(),
};

const pictures = 200;

/** Looks at what becomes of the first task's representation, and at which weights change. */
export const drift: Probe = async ({ after, tasksLearned, learner, stream }: Moment): Promise<Sight | undefined> => {
  if (after === 'step' || tasksLearned === 0) return undefined;
  const { kernel1 } = learner.params;
  const weights = await flatWeights(kernel1 === undefined ? {} : { kernel1 });
  const { rows, values } = await representation(learner, stream, 0, pictures);
  if (tasksLearned === 1) first = { answers: values, weights };
  return {
    likeness: linearCka(first.answers, values, rows),
    change: weights.map((value, i) => value - (first.weights[i] ?? 0)),
    columns: kernel1?.shape[1] ?? 0,
  };
};
