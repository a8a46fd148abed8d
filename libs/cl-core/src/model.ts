import * as tf from '@engram/engine/tf';
import type { UnitRange } from '@engram/datasets';
import type { Rng } from '@engram/random';
import type { Params } from './params.ts';

/** Factors on the hidden units, one vector per hidden layer, and where they multiply (see `dense` of the engine). */
export interface Gates {
  readonly layers: readonly tf.Tensor1D[];
  readonly position: 'after-activation' | 'before-bias';
}

/** A network that gives one logit per output unit. It holds no weights: they are passed in. */
export interface Model {
  readonly inputs: number;
  /** Units of each gateable hidden layer. */
  readonly hiddenUnits: readonly number[];
  readonly outputs: number;
  init(rng: Rng): Params;
  /** The last hidden layer: x [rows, inputs] → [rows, features] */
  features(params: Params, x: tf.Tensor2D, gates?: Gates): tf.Tensor2D;
  /** The output layer: [rows, features] → [rows, outputs] */
  readout(params: Params, features: tf.Tensor2D): tf.Tensor2D;
  /** x [rows, inputs] → [rows, outputs] */
  logits(params: Params, x: tf.Tensor2D, gates?: Gates): tf.Tensor2D;
  /** The model's likelihood of labels among `units`, for rows x. */
  likelihood(params: Params, x: tf.Tensor2D, units: UnitRange, gates?: Gates): Likelihood;
}

/** p(label | x) for a batch, and how it moves with the weights. */
export interface Likelihood {
  /** Softmax over the units, [rows, units]. */
  readonly probabilities: tf.Tensor2D;
  /** Σₙ wₙ (∂ log p(yₙ | xₙ) / ∂θ)², exact per example. targets: one-hot y [rows, units]; weights [rows]. */
  squaredGradients(targets: tf.Tensor2D, weights: tf.Tensor1D): Params;
}

/** Columns `units` of a matrix. */
export const columns = (matrix: tf.Tensor2D, { from, to }: UnitRange): tf.Tensor2D =>
  from === 0 && to === matrix.shape[1] ? matrix : matrix.slice([0, from], [matrix.shape[0], to - from]);

/** A matrix whose columns are `units`, among zeros: [rows, width]. */
export const padColumns = (matrix: tf.Tensor2D, { from, to }: UnitRange, width: number): tf.Tensor2D =>
  from === 0 && to === width
    ? matrix
    : tf.pad2d(matrix, [
        [0, 0],
        [from, width - to],
      ]);
