import { readBatch } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import type { Batch } from '@engram/datasets';
import type { Params } from '../params.ts';
import type { Strategy, Trained } from './strategy.ts';

/** A mean for each class, and the rows that it is the mean of: [classes, inputs] and [classes]. */
export interface ClassMeans extends Params {
  readonly means: tf.Tensor2D;
  readonly counts: tf.Tensor1D;
}

export const noMeans = (classes: number, inputs: number): ClassMeans => ({
  means: tf.zeros([classes, inputs]),
  counts: tf.zeros([classes]),
});

/** The input rows of a step, and the class of each as a one-hot row. */
export function labelledRows(batches: readonly Batch[], classes: number): { x: tf.Tensor2D; labels: tf.Tensor2D } {
  const x = batches.map(readBatch);
  const labels = tf.tensor1d(
    batches.flatMap((batch) => [...batch.labels]),
    'int32',
  );
  return {
    x: x.length === 1 ? (x[0] as tf.Tensor2D) : tf.concat<tf.Tensor2D>(x, 0),
    labels: tf.oneHot(labels, classes).cast('float32'),
  };
}

/** The means with more rows taken in: μ_c ← μ_c + Σ_{y = c} (x − μ_c) / (n_c + number of them). */
export function addRows({ means, counts }: ClassMeans, x: tf.Tensor2D, labels: tf.Tensor2D): ClassMeans {
  const added = tf.sum<tf.Tensor1D>(labels, 0);
  const total = tf.add<tf.Tensor1D>(counts, added);
  const surplus = tf.matMul(labels, x, true).sub<tf.Tensor2D>(tf.mul(added.expandDims(1), means));
  return {
    means: tf.add(means, tf.div(surplus, tf.maximum(total, 1).expandDims(1))),
    counts: total,
  };
}

/** 0 for a class that was met, and for others so little that it cannot win: [classes]. */
export const onlyMet = (counts: tf.Tensor1D): tf.Tensor1D =>
  tf.where<tf.Tensor1D>(tf.greater(counts, 0), tf.zerosLike(counts), tf.fill(counts.shape, -1e30));

/** ½ mean ‖x − μ_y‖²: how far the rows are from the means of their classes. */
export const spread = ({ means }: ClassMeans, x: tf.Tensor2D, labels: tf.Tensor2D): tf.Scalar =>
  tf
    .square(x.sub(tf.matMul(labels, means)))
    .sum(1)
    .mean<tf.Scalar>()
    .mul(0.5);

/**
 * Nearest class mean: the answer to x is argmin_c ‖x − μ_c‖. Adding a class moves no other mean, so nothing is forgotten; on
 * pixels it knows no more than the average picture of each class. Its use on learned features: Mensink et al. 2013,
 * doi:10.1109/TPAMI.2013.83.
 */
export const ncm = (): Strategy => ({
  name: 'ncm',
  standsAlone: true,
  init: () => ({}),
  withoutNetwork: {
    weights: ({ model }) => noMeans(model.outputs, model.inputs),
    learn: (state, params, { batches, model }) => {
      const known = params as ClassMeans;
      const { x, labels } = labelledRows(batches, model.outputs);
      return { state, params: addRows(known, x, labels), loss: spread(known, x, labels) };
    },
  },
  classifier: (_, { params }: Trained) => {
    const { means, counts } = params as ClassMeans;
    // −½‖x − μ‖² without ½‖x‖², which all classes share
    const offsets = tf.square(means).sum<tf.Tensor1D>(1).mul(-0.5).add(onlyMet(counts));
    return (x) => tf.matMul(x, means, false, true).add(offsets);
  },
});
