import { readBatch } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import type { Batch, UnitRange } from '@engram/datasets';

/** Rows on which a loss is computed. */
export interface LearningBatch {
  /** [rows, features] */
  readonly x: tf.Tensor2D;
  /** [rows, units.to − units.from]; each row sums to 1: a one-hot label or distilled probabilities. */
  readonly targets: tf.Tensor2D;
  /** The output units that take part in the loss. */
  readonly units: UnitRange;
  /** The task whose gates are open. */
  readonly task: number;
  /** Share in the loss, relative to 1 for the batch of the current task. */
  readonly weight: number;
}

/** Bytes and labels become floats and one-hot targets over `units`. */
export function learningBatch(batch: Batch, units: UnitRange, weight: number): LearningBatch {
  return { x: readBatch(batch), targets: oneHot(batch.labels, units), units, task: batch.task, weight };
}

/** [labels.length, units.to − units.from], one where the label (an output unit) stands. */
export function oneHot(labels: Int32Array, units: UnitRange): tf.Tensor2D {
  const width = units.to - units.from;
  const values = new Float32Array(labels.length * width);
  labels.forEach((label, row) => {
    if (label < units.from || label >= units.to) {
      throw new RangeError(`label ${label} is not among the output units ${units.from} to ${units.to - 1}`);
    }
    values[row * width + label - units.from] = 1;
  });
  return tf.tensor2d(values, [labels.length, width]);
}

/**
 * Joins batches whose rows can share one pass: same units, same weight per row and, where tasks are gated, same task.
 * The loss stays the same; one large product is faster than several small ones.
 */
export function joinBatches(batches: readonly LearningBatch[], gated: boolean): readonly LearningBatch[] {
  const groups = new Map<string, LearningBatch[]>();
  for (const batch of batches) {
    const key = [batch.units.from, batch.units.to, batch.weight / batch.x.shape[0], gated ? batch.task : ''].join();
    groups.set(key, [...(groups.get(key) ?? []), batch]);
  }
  return [...groups.values()].map(joined);
}

function joined(group: readonly LearningBatch[]): LearningBatch {
  const [first] = group;
  if (first === undefined) throw new RangeError('there is no batch to join');
  if (group.length === 1) return first;
  return {
    ...first,
    x: tf.concat(
      group.map(({ x }) => x),
      0,
    ),
    targets: tf.concat(
      group.map(({ targets }) => targets),
      0,
    ),
    weight: group.reduce((sum, { weight }) => sum + weight, 0),
  };
}
