import * as tf from '@engram/engine/tf';
import { diagonalFisher } from '../fisher.ts';
import type { FisherOptions } from '../fisher.ts';
import { mapParams, zerosLike } from '../params.ts';
import type { Params } from '../params.ts';
import type { Strategy } from './strategy.ts';

export interface SleepOptions {
  /**
   * `by-importance`: weights shrink the more the less they matter; `homeostatic`: units with more input weight than others shrink to
   * `ceiling`; `none`.
   */
  readonly downscaling?: 'by-importance' | 'homeostatic' | 'none';
  /** α: by how much the least important weights shrink. */
  readonly strength?: number;
  /** The largest norm of a unit's input weights, as a multiple of the mean in its layer. */
  readonly ceiling?: number;
  /** Steps on replayed rows alone, from the strategies that it is combined with. */
  readonly replaySteps?: number;
  /** Rows of each. */
  readonly batchSize?: number;
}

interface SleepState {
  /** The largest Fisher information of each weight in any task so far; empty where it is not asked for. */
  readonly importance: Params;
}

const fisher: FisherOptions = { estimator: 'empirical', examples: 500, batchSize: 128 };

/**
 * Sleep, a consolidation phase after each task: synapses are scaled down and memories replayed while nothing new comes in. Our own
 * operator, not a published method. After the ideas of synaptic homeostasis in sleep (Tononi & Cirelli 2014,
 * doi:10.1016/j.neuron.2013.12.025) and synaptic scaling (Turrigiano 2008, doi:10.1016/j.cell.2008.10.008):
 *
 *     by-importance   w ← w (1 − α (1 − s)), s: Fisher information over the largest of its tensor
 *     homeostatic     w_j ← w_j · min(1, ceiling · mean_k ‖w_k‖ / ‖w_j‖), w_j: the input weights of unit j
 *
 * Biases are left alone. Replay needs a strategy that rehearses beside it (er, dgr, bir …).
 */
export function sleep(options: SleepOptions = {}): Strategy<SleepState> {
  const { downscaling = 'by-importance', strength = 0.1, ceiling = 1, replaySteps = 0, batchSize = 128 } = options;
  return {
    name: 'sleep',
    init: ({ params }) => ({ importance: downscaling === 'by-importance' ? zerosLike(params) : {} }),
    consolidate: (state, end) =>
      downscaling === 'by-importance'
        ? { importance: mapParams((a, b) => tf.maximum(a, b), state.importance, diagonalFisher(end, fisher)) }
        : state,
    sleep: {
      replaySteps,
      batchSize,
      downscale: ({ importance }, params) => {
        switch (downscaling) {
          case 'by-importance':
            return mapParams((w, own) => kernelsOnly(w, () => shrinkUnimportant(w, own, strength)), params, importance);
          case 'homeostatic':
            return mapParams((w) => kernelsOnly(w, () => limitNorms(w, ceiling)), params);
          case 'none':
            return params;
        }
      },
    },
  };
}

const kernelsOnly = (weights: tf.Tensor, scaled: () => tf.Tensor): tf.Tensor =>
  weights.rank < 2 ? tf.clone(weights) : scaled();

/** w (1 − α (1 − F / max F)) */
export function shrinkUnimportant(weights: tf.Tensor, importance: tf.Tensor, strength: number): tf.Tensor {
  const share = tf.divNoNan(importance, tf.max(importance));
  return tf.mul(weights, tf.sub(1, tf.mul(tf.sub(1, share), strength)));
}

/** Columns longer than `ceiling` times the mean length are shortened to that. */
export function limitNorms(weights: tf.Tensor, ceiling: number): tf.Tensor {
  const norms = tf.norm(weights, 'euclidean', 0, true);
  return tf.mul(weights, tf.minimum(1, tf.divNoNan(tf.mul(tf.mean(norms), ceiling), norms)));
}
