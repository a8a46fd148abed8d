import * as tf from '@engram/engine/tf';
import type { UnitRange } from '@engram/datasets';
import { columns, padColumns } from '../model.ts';
import type { Model } from '../model.ts';
import type { Params } from '../params.ts';
import type { PastTasks } from './strategy.ts';

/** The temperature of van de Ven's code, in teacher and learner. */
export const distillationTemperature = 2;

/**
 * What an earlier copy of the network answers for rows x: probabilities over the units that are in the loss now,
 * softmax(logits / T) over those that the copy was trained with and 0 for the others (Hinton et al. 2015,
 * arXiv:1503.02531; without the factor T²).
 */
export function teacherAnswers(model: Model, teacher: Params, x: tf.Tensor2D, past: PastTasks): tf.Tensor2D {
  const { knownUnits, units, gates } = past;
  const known = overlap(knownUnits, units);
  const logits = columns(model.logits(teacher, x, gates), known);
  return within(tf.softmax<tf.Tensor2D>(tf.div(logits, distillationTemperature)), known, units);
}

/** The same as hard labels: one where the copy's largest logit stands. */
export function teacherLabels(model: Model, teacher: Params, x: tf.Tensor2D, past: PastTasks): tf.Tensor2D {
  const known = overlap(past.knownUnits, past.units);
  const logits = columns(model.logits(teacher, x, past.gates), known);
  const labels = tf.oneHot(tf.argMax<tf.Tensor1D>(logits, 1), known.to - known.from).cast<tf.Tensor2D>('float32');
  return within(labels, known, past.units);
}

const overlap = (a: UnitRange, b: UnitRange): UnitRange => ({
  from: Math.max(a.from, b.from),
  to: Math.min(a.to, b.to),
});

const within = (table: tf.Tensor2D, inner: UnitRange, outer: UnitRange): tf.Tensor2D =>
  padColumns(table, { from: inner.from - outer.from, to: inner.to - outer.from }, outer.to - outer.from);
