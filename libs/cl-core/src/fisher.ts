import * as tf from '@engram/engine/tf';
import type { TaskExamples, UnitRange } from '@engram/datasets';
import type { Rng } from '@engram/random';
import { softmaxCrossEntropy } from '@engram/engine';
import { learningBatch } from './batch.ts';
import { columns } from './model.ts';
import type { Gates, Model } from './model.ts';
import { mapParams, paramList, paramsFrom, zerosLike } from './params.ts';
import type { Params } from './params.ts';

export interface FisherOptions {
  /** Which labels the gradients are taken for; see `diagonalFisher`. */
  readonly estimator: 'exact' | 'sampled' | 'predicted' | 'empirical' | 'batched';
  /** Training examples that are used; a random sample without replacement when fewer than there are. */
  readonly examples: number | 'all';
  /** Rows per pass. It changes the result only for `batched`. */
  readonly batchSize: number;
}

export interface FisherSubject {
  readonly model: Model;
  readonly params: Params;
  readonly examples: TaskExamples;
  readonly units: UnitRange;
  readonly gates: Gates | undefined;
  readonly rng: Rng;
}

/**
 * Diagonal of the Fisher information, N examples, p = softmax over the units that take part:
 *
 * - `exact`:     F = 1/N Σₙ Σ_c p(c|xₙ) (∂ log p(c|xₙ)/∂θ)²
 * - `sampled`:   one c drawn from p(·|xₙ)
 * - `predicted`: c = argmax p(·|xₙ)
 * - `empirical`: c = the true label
 * - `batched`:   the square of a mini-batch's mean gradient, averaged over mini-batches; near a minimum about 1/batchSize
 *   of the others, since it squares after the mean. Offered because published λ were tuned with it.
 *
 * Kirkpatrick et al. 2017, doi:10.1073/pnas.1611835114; estimators as named by van de Ven 2025, arXiv:2502.11756.
 */
export function diagonalFisher(subject: FisherSubject, options: FisherOptions): Params {
  const { params, examples, rng } = subject;
  const count = options.examples === 'all' ? examples.count : Math.min(options.examples, examples.count);
  const positions =
    count === examples.count
      ? Int32Array.from({ length: count }, (_, i) => i)
      : rng.fork('examples').sample(examples.count, count);
  let sum = zerosLike(params);
  for (let from = 0, pass = 0; from < count; from += options.batchSize, pass++) {
    const rows = positions.subarray(from, from + options.batchSize);
    const next = tf.tidy(() => {
      const squared = squaredSum(subject, rows, options.estimator, rng.fork(pass));
      return mapParams((a, b) => tf.add(a, b), sum, squared);
    });
    tf.dispose({ ...sum });
    sum = next;
  }
  const mean = mapParams((total) => tf.div(total, count), sum);
  tf.dispose({ ...sum });
  return mean;
}

/** Σ over rows of the (weighted) squared gradients. */
function squaredSum(
  { model, params, examples, units, gates }: FisherSubject,
  rows: Int32Array,
  estimator: FisherOptions['estimator'],
  rng: Rng,
): Params {
  const { x, targets } = learningBatch(examples.batch(rows), units, 1);
  if (estimator === 'batched') {
    const list = paramList(params);
    const gradient = tf.grads((...tensors: tf.Tensor[]) =>
      softmaxCrossEntropy(columns(model.logits(paramsFrom(tensors, params), x, gates), units), targets),
    )(list);
    return mapParams((g) => tf.mul(tf.square(g), rows.length), paramsFrom(gradient, params));
  }
  const { probabilities, squaredGradients } = model.likelihood(params, x, units, gates);
  const classes = units.to - units.from;
  const everyRow = tf.ones<tf.Rank.R1>([rows.length]);
  switch (estimator) {
    case 'exact':
      return Array.from({ length: classes }, (_, c) => {
        const label = tf.oneHot(tf.fill([rows.length], c, 'int32'), classes).cast<tf.Tensor2D>('float32');
        return squaredGradients(label, probabilities.slice([0, c], [rows.length, 1]).flatten());
      }).reduce((sum, next) => mapParams((a, b) => tf.add(a, b), sum, next));
    case 'sampled':
      return squaredGradients(sampleLabels(probabilities, rng), everyRow);
    case 'predicted':
      return squaredGradients(oneHotOfLargest(probabilities), everyRow);
    case 'empirical':
      return squaredGradients(targets, everyRow);
  }
}

const oneHotOfLargest = (scores: tf.Tensor2D): tf.Tensor2D =>
  tf.oneHot(tf.argMax(scores, 1), scores.shape[1]).cast<tf.Tensor2D>('float32');

/** One label per row drawn from its probabilities, by the Gumbel-max trick: argmax(log p − log(−log u)). */
function sampleLabels(probabilities: tf.Tensor2D, rng: Rng): tf.Tensor2D {
  const noise = Float32Array.from({ length: probabilities.size }, () => -Math.log(-Math.log(rng.float() + 2 ** -33)));
  return oneHotOfLargest(tf.log(probabilities).add(tf.tensor2d(noise, probabilities.shape)));
}
