import { readBatch } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import type { TaskExamples } from '@engram/datasets';
import { oneHot } from '../batch.ts';
import type { LearningBatch } from '../batch.ts';
import { columns, padColumns } from '../model.ts';
import type { Model } from '../model.ts';
import type { Params } from '../params.ts';
import { distillationTemperature } from './distillation.ts';
import { asBatch, drawStored, storedRow } from './memory.ts';
import type { StoredExample } from './memory.ts';
import type { StepContext, Strategy } from './strategy.ts';

export interface IcarlOptions {
  /** Exemplars of each class. */
  readonly capacity: number;
}

interface IcarlState {
  /** Of each class in the order in which they were chosen. */
  readonly exemplars: readonly StoredExample[];
  /** The network as the last task left it, and the number of its output units that were trained. */
  readonly teacher: { readonly params: Params; readonly units: number } | null;
}

/**
 * Incremental classifier and representation learning (Rebuffi et al. 2017, arXiv:1611.07725), as in the code of van de Ven et al. 2022:
 *
 *     L = mean over rows Σ_c BCE(z_c, t_c)     t_c = σ(z_c,teacher / 2) for earlier classes, else whether c is the label
 *
 * Exemplars are rows of the training set like any other, chosen for each class when its task ends by herding: one after
 * the other such that their mean in feature space stays closest to the class's. The answer to x is the class whose exemplars have the mean
 * nearest to x, in L2-normalised features (the last hidden layer). Meant for the class scenario with seen classes active.
 */
export function icarl({ capacity }: IcarlOptions): Strategy<IcarlState> {
  return {
    name: 'icarl',
    concludes: true,
    requiresNewClasses: true,
    init: () => ({ exemplars: [], teacher: null }),
    relabel: ({ teacher }, batch, { model }) => withTeacher(batch, teacher, model),
    rehearse: ({ exemplars, teacher }, step) => {
      const count = shareOf(exemplars.length, step);
      const weight = count / step.batchSize;
      return drawStored(exemplars, count, step).map((batch) => ({
        ...withTeacher(batch, teacher, step.model),
        weight: batch.weight * weight,
      }));
    },
    consolidate: ({ exemplars }, { model, params, gates, examples }) => {
      const featuresOf = (x: tf.Tensor2D): tf.Tensor2D => normalised(model.features(params, x, gates));
      const kept = [...exemplars, ...herd(examples, capacity, featuresOf)];
      return { exemplars: kept, teacher: { params, units: 1 + Math.max(...kept.map(({ label }) => label)) } };
    },
    classifier: ({ exemplars }, { model, params, gates }) => {
      if (exemplars.length === 0) return (x) => model.logits(params, x, gates);
      const featuresOf = (x: tf.Tensor2D): tf.Tensor2D => normalised(model.features(params, x, gates));
      const means = classMeans(exemplars, model.outputs, featuresOf);
      const offsets = means.norm('euclidean', 1).sub(1).mul<tf.Tensor1D>(1e6); // a class without exemplars has the mean 0
      return (x) => tf.matMul(featuresOf(x), means, false, true).add(offsets);
    },
  };
}

/** Targets of earlier classes come from the teacher, whatever the label. */
function withTeacher(batch: LearningBatch, teacher: IcarlState['teacher'], model: Model): LearningBatch {
  const { x, targets, units } = batch;
  if (teacher === null) return { ...batch, loss: 'binary-cross-entropy' };
  const old = { from: units.from, to: Math.min(teacher.units, units.to) };
  const width = units.to - units.from;
  const known = tf.sigmoid(columns(model.logits(teacher.params, x), old).div(distillationTemperature));
  const own = columns(targets, { from: old.to - units.from, to: width });
  return {
    ...batch,
    targets: padColumns(known as tf.Tensor2D, { from: 0, to: old.to - units.from }, width).add(
      padColumns(own, { from: old.to - units.from, to: width }, width),
    ),
    loss: 'binary-cross-entropy',
  };
}

/** How many of a step's rows are exemplars when they are rows of the training set like any other. */
function shareOf(exemplars: number, { batchSize, examples, rng }: StepContext): number {
  const expected = (batchSize * exemplars) / Math.max(1, examples);
  return Math.floor(expected + rng.fork('share').float());
}

const normalised = (features: tf.Tensor2D): tf.Tensor2D =>
  features.div(tf.maximum(features.norm('euclidean', 1, true), 1e-12));

/** For each class of a task the examples whose running mean of features stays closest to the class's mean. */
function herd(examples: TaskExamples, count: number, featuresOf: (x: tf.Tensor2D) => tf.Tensor2D): StoredExample[] {
  const all = examples.batch(Int32Array.from({ length: examples.count }, (_, i) => i));
  const positions = Map.groupBy(all.labels.keys(), (i) => all.labels[i] ?? 0);
  return [...positions]
    .sort(([a], [b]) => a - b)
    .flatMap(([, own]) => {
      const order = tf.tidy(() => {
        const rows = Int32Array.from(own, (i) => all.rows[i] ?? 0);
        return herdingOrder(featuresOf(readBatch({ ...all, rows })), count);
      });
      return order.map((i) => storedRow(all, own[i] ?? 0));
    });
}

/**
 * The k-th choice is argmin_j ‖μ − (φ_j + Σ chosen) / k‖, without repeats, for rows φ of norm 1 with the mean μ. All φ_j are
 * equally long, so that is argmax_j φ_j · (k μ − Σ chosen).
 */
export function herdingOrder(features: tf.Tensor2D, count: number): number[] {
  const mean = normalised(features.mean<tf.Tensor2D>(0, true)).dataSync();
  const rows = features.arraySync();
  const left = new Set(rows.keys());
  const missing = new Float64Array(mean.length);
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, rows.length)) {
    mean.forEach((value, d) => (missing[d] = (missing[d] ?? 0) + value));
    let best = -1;
    let closest = -Infinity;
    for (const j of left) {
      const row = rows[j] ?? [];
      let product = 0;
      for (let d = 0; d < missing.length; d++) product += (row[d] ?? 0) * (missing[d] ?? 0);
      if (product > closest) [best, closest] = [j, product];
    }
    left.delete(best);
    chosen.push(best);
    rows[best]?.forEach((value, d) => (missing[d] = (missing[d] ?? 0) - value));
  }
  return chosen;
}

/** The normalised mean of every class's exemplars, 0 where there are none: [classes, features]. */
function classMeans(
  exemplars: readonly StoredExample[],
  classes: number,
  featuresOf: (x: tf.Tensor2D) => tf.Tensor2D,
): tf.Tensor2D {
  const features = featuresOf(readBatch(asBatch(exemplars, 0)));
  const labels = oneHot(
    Int32Array.from(exemplars, ({ label }) => label),
    { from: 0, to: classes },
  );
  return normalised(tf.matMul(labels, features, true));
}
