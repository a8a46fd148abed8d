import * as tf from '@engram/engine/tf';
import { mapParams, paramList } from '../params.ts';
import type { Params } from '../params.ts';
import { chooseOfEachClass, drawStored } from './memory.ts';
import type { StoredExample } from './memory.ts';
import type { Strategy } from './strategy.ts';

export interface AgemOptions {
  /** Stored examples of each class of a task. */
  readonly capacity: number;
  /** Stored examples that the reference gradient is computed from; `same`: as many as the current batch has. */
  readonly batchSize?: number | 'same';
}

/**
 * Averaged gradient episodic memory (Chaudhry et al. 2019, arXiv:1812.00420, eq. 11): the gradient g may not point against g_ref, that of some
 * stored examples.
 *
 *     g ← g − (g·g_ref / g_ref·g_ref) g_ref   where g·g_ref < 0
 *
 * Both are taken over all weights together. With Adam the step itself may still point against g_ref.
 */
export function agem({ capacity, batchSize = 'same' }: AgemOptions): Strategy<readonly StoredExample[]> {
  return {
    name: 'agem',
    init: () => [],
    project: (stored, grads, step, gradientOf) => {
      const count = batchSize === 'same' ? step.batchSize : batchSize;
      const reference = drawStored(stored, count, step);
      return reference.length === 0 ? grads : project(grads, gradientOf(reference));
    },
    consolidate: (stored, { examples, rng }) => [...stored, ...chooseOfEachClass(examples, capacity, rng)],
  };
}

/** g without its part against the reference. */
export function project(grads: Params, reference: Params): Params {
  const dot = (a: Params, b: Params): tf.Tensor => tf.addN(paramList(mapParams((x, y) => tf.sum(tf.mul(x, y)), a, b)));
  // 1e-7 as in the authors' code: the reference may be all zeros
  const share = tf.minimum(dot(grads, reference), 0).div(dot(reference, reference).add(1e-7));
  return mapParams((g, r) => tf.sub(g, tf.mul(share, r)), grads, reference);
}
