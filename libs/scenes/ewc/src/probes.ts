import { diagonalFisher } from '@engram/cl-core';
import type { FisherOptions, Params } from '@engram/cl-core';
import * as tf from '@engram/engine/tf';
import type { Moment } from '@engram/experiment';
import { createRng } from '@engram/random';
import type { Probe } from '@engram/scene-kit/worker';
import { planeThrough, ranking, weightsAt } from '@engram/scene-net-parts';
import { flatWeights, losses } from '@engram/scene-net-parts/probe';
import { movedBy, pickedPositions } from './springs.ts';
import type { Moved, Spring } from './springs.ts';
import { gridOf, squareAround } from './surface.ts';
import type { Surface } from './surface.ts';

/** What the probe tells, at one moment or another. */
export interface Sight {
  readonly springs?: readonly Spring[];
  readonly moved?: Moved;
  /** How many times smaller the squared mean gradients of mini-batches are than the exact Fisher information. */
  readonly shrinkage?: number;
  readonly surface?: Surface;
}

/** What is kept between the plain run and the one with springs, which begins with the same weights and the same task. */
interface Memory {
  /** Weights after the first task. */
  readonly first: Float32Array;
  /** Exact Fisher information of the first task. */
  readonly importance: Float32Array;
  readonly order: Uint32Array;
  /** Weights at the end of plain training. */
  readonly plainEnd: Float32Array;
}

const none = new Float32Array();
let memory: Memory = { first: none, importance: none, order: new Uint32Array(), plainEnd: none };

const springsEvery = 10;
const fisherExamples = 500;
const surface = { side: 17, pictures: 100 };

/**
 * Looks at springs: at a few every ten steps, at all of them when a task ends, and at the very end at the loss of the first and
 * last task in the plane through three sets of weights. Options: `{ role: 'plain' | 'ewc' }`, plain before ewc.
 */
export const springs: Probe = async (moment, options): Promise<Sight | undefined> => {
  const plain = (options as { readonly role?: unknown } | undefined)?.role === 'plain';
  const { after, tasksLearned, iteration, learner, stream } = moment;
  if (tasksLearned === 0) return undefined;
  if (after === 'step') {
    return iteration % springsEvery === 0 ? { springs: await springsOf(moment, plain) } : undefined;
  }
  const now = await flatWeights(learner.params);
  if (tasksLearned === 1) return plain ? begin(moment, now) : undefined;
  const moved = movedBy(memory.order, memory.first, now);
  if (tasksLearned < stream.tasks.length) return { moved };
  if (!plain) return { moved, surface: await surfaceOf(moment, now) };
  memory = { ...memory, plainEnd: now };
  return { moved };
};

/** The first task ends: what its weights are worth, exactly and by the shortcut. */
async function begin(moment: Moment, first: Float32Array): Promise<Sight> {
  const importance = await fisher(moment, 'exact');
  const batched = await fisher(moment, 'batched');
  memory = { first, importance, order: ranking(importance), plainEnd: none };
  return { shrinkage: total(importance) / total(batched) };
}

async function fisher({ learner, stream }: Moment, estimator: FisherOptions['estimator']): Promise<Float32Array> {
  const [task] = stream.tasks;
  if (task === undefined) throw new RangeError('a stream has at least one task');
  const found = diagonalFisher(
    {
      model: learner.model,
      params: learner.params,
      examples: task.train,
      units: stream.trainingUnits(0, 0),
      gates: undefined,
      rng: createRng('springs'),
    },
    { estimator, examples: fisherExamples, batchSize: 50 },
  );
  const flat = await flatWeights(found);
  tf.dispose({ ...found });
  return flat;
}

/** The springs that are drawn. Plain training has none: there they show where the weights are that springs would hold. */
async function springsOf({ learner }: Moment, plain: boolean): Promise<readonly Spring[]> {
  const weights = await flatWeights(learner.params);
  const held = learner.strategies.get('ewc') as { readonly center: Params; readonly curvature: Params } | undefined;
  const anchors = plain || held === undefined ? memory.first : await flatWeights(held.center);
  const importances = plain || held === undefined ? memory.importance : await flatWeights(held.curvature);
  return pickedPositions(memory.order, memory.importance).map(({ position, rank }) => ({
    position,
    rank,
    importance: importances[position] ?? 0,
    anchor: anchors[position] ?? 0,
    weight: weights[position] ?? 0,
  }));
}

async function surfaceOf({ learner, stream }: Moment, end: Float32Array): Promise<Surface> {
  const plane = planeThrough(memory.first, memory.plainEnd, end);
  const { side, pictures } = surface;
  const square = squareAround(plane.points);
  const grid = gridOf({ side, ...square });
  const weights = function* () {
    for (const [x, y] of grid) yield weightsAt(plane, x, y);
  };
  return {
    side,
    ...square,
    first: await losses(learner, stream, 0, pictures, weights()),
    last: await losses(learner, stream, stream.tasks.length - 1, pictures, weights()),
    points: plane.points,
  };
}

const total = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);
