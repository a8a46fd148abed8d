import { binaryCrossEntropy, readBatch, softmaxCrossEntropy } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import type { Batch, UnitRange } from '@engram/datasets';

/** Rows on which a loss is computed. */
export interface LearningBatch {
  /** [rows, features] */
  readonly x: tf.Tensor2D;
  /** [rows, units.to − units.from]; what the logits should give, as `loss` compares them. */
  readonly targets: tf.Tensor2D;
  /**
   * `cross-entropy` (default): targets are a one-hot label or distilled probabilities, each row sums to 1;
   * `squared-error`: they are logits, and the loss is the mean squared difference over rows and units;
   * `binary-cross-entropy`: each is a probability of its own, and the loss is the sum over units.
   */
  readonly loss?: 'cross-entropy' | 'squared-error' | 'binary-cross-entropy';
  /** What the logits are divided by before they are compared. Default 1. */
  readonly temperature?: number;
  /** The output units that take part in the loss. */
  readonly units: UnitRange;
  /** The task whose gates are open. */
  readonly task: number;
  /** The task of each row, where a batch has rows of several; they differ for what looks at rows only. */
  readonly rowTasks?: Int32Array;
  /** Share in the loss, relative to 1 for the batch of the current task. */
  readonly weight: number;
  /** The loss is added, times the weight, to the weighted mean of the others instead of taking a share in it. */
  readonly added?: boolean;
}

/** The loss of one batch, before its weight: mean over its rows. */
export function batchLoss({ targets, loss, temperature = 1 }: LearningBatch, logits: tf.Tensor2D): tf.Scalar {
  const scaled = temperature === 1 ? logits : tf.div<tf.Tensor2D>(logits, temperature);
  switch (loss) {
    case 'squared-error':
      return tf.mean(tf.square(tf.sub(scaled, targets)));
    case 'binary-cross-entropy': {
      const rows = targets.shape[0];
      return binaryCrossEntropy(scaled, targets, tf.fill([rows], 1 / rows));
    }
    default:
      return softmaxCrossEntropy(scaled, targets);
  }
}

/** What each batch's loss is multiplied by: those that take a share are normalised to sum 1. */
export function batchFactors(batches: readonly LearningBatch[]): readonly number[] {
  const total = batches.reduce((sum, { weight, added }) => (added ? sum : sum + weight), 0);
  return batches.map(({ weight, added }) => (added ? weight : weight / total));
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
 * Joins batches whose rows can share one pass: same units, loss and weight per row and, where tasks are gated, same task.
 * The loss stays the same; one large product is faster than several small ones.
 */
export function joinBatches(batches: readonly LearningBatch[], gated: boolean): readonly LearningBatch[] {
  const groups = new Map<string, LearningBatch[]>();
  for (const batch of batches) {
    const { units, weight, x, task, loss, temperature, added, rowTasks } = batch;
    // rows of several tasks stay a batch of their own
    const alone = rowTasks === undefined ? '' : groups.size;
    const key = [units.from, units.to, weight / x.shape[0], gated ? task : '', loss, temperature, added, alone].join();
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
