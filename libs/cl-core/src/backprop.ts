import * as tf from '@engram/engine/tf';
import { batchFactors, batchLoss } from './batch.ts';
import type { LearningBatch } from './batch.ts';
import { columns } from './model.ts';
import type { Gates, Model } from './model.ts';
import { paramList, paramsFrom } from './params.ts';
import type { Params } from './params.ts';

/** Batches, each with the gates of its task and the factor of its loss. */
export type WeighedBatches = readonly {
  readonly batch: LearningBatch;
  readonly gates: Gates | undefined;
  readonly factor: number;
}[];

export function weigh(batches: readonly LearningBatch[], gatesOf: (task: number) => Gates | undefined): WeighedBatches {
  const factors = batchFactors(batches);
  return batches.map((batch, i) => ({ batch, gates: gatesOf(batch.task), factor: factors[i] ?? 1 }));
}

/** A term added to the loss of the batches, from their features and weights of its own. */
export interface Objective {
  readonly weights: Params;
  readonly value: (features: readonly tf.Tensor2D[], weights: Params) => tf.Scalar | undefined;
}

export interface DataGradient {
  /** Σ_b w̄_b L_b, without the objectives. */
  readonly loss: tf.Scalar;
  readonly grads: Params;
  /** In the weights of each objective. */
  readonly weightGrads: readonly Params[];
}

/** The gradient of Σ_b w̄_b L_b + Σ objectives, in the model's weights and in those of the objectives. */
export function backprop(
  model: Model,
  weights: Params,
  batches: WeighedBatches,
  objectives: readonly Objective[] = [],
): DataGradient {
  const shapes = [weights, ...objectives.map((objective) => objective.weights)];
  const reported: tf.Scalar[] = [];
  const loss = (...tensors: tf.Tensor[]): tf.Scalar => {
    const [params = {}, ...own] = splitParams(tensors, shapes);
    const features = batches.map(({ batch, gates }) => model.features(params, batch.x, gates));
    const terms = batches.map(({ batch, factor }, i) => {
      const logits = columns(model.readout(params, features[i] as tf.Tensor2D), batch.units);
      return factor === 1 ? batchLoss(batch, logits) : tf.mul<tf.Scalar>(batchLoss(batch, logits), factor);
    });
    const dataLoss = terms.reduce((sum, term) => tf.add<tf.Scalar>(sum, term));
    reported.push(tf.keep(tf.clone(dataLoss)));
    return objectives.reduce((sum, { value }, i) => {
      const added = value(features, own[i] ?? {});
      return added === undefined ? sum : tf.add<tf.Scalar>(sum, added);
    }, dataLoss);
  };
  const { grads } = tf.valueAndGrads(loss)(shapes.flatMap(paramList));
  const [own = {}, ...weightGrads] = splitParams(grads, shapes);
  return { loss: reported[0] as tf.Scalar, grads: own, weightGrads };
}

/** A list of tensors as the sets of weights that it joins. */
function splitParams(list: readonly tf.Tensor[], shapes: readonly Params[]): Params[] {
  let from = 0;
  return shapes.map((like) => {
    const size = Object.keys(like).length;
    from += size;
    return paramsFrom(list.slice(from - size, from), like);
  });
}
