import * as tf from '@engram/engine/tf';
import { diagonalFisher } from '../fisher.ts';
import type { FisherOptions } from '../fisher.ts';
import { mapParams } from '../params.ts';
import { addAnchor, flatAnchor, quadraticPenalty } from './penalty.ts';
import type { Anchor } from './penalty.ts';
import type { Strategy } from './strategy.ts';

const exactFisher: FisherOptions = { estimator: 'exact', examples: 'all', batchSize: 128 };

export interface EwcOptions {
  /** λ; which value works depends strongly on the Fisher's estimator. */
  readonly lambda: number;
  readonly fisher?: FisherOptions;
}

/**
 * Elastic weight consolidation (Kirkpatrick et al. 2017, doi:10.1073/pnas.1611835114, eq. 3, one anchor per past task):
 *
 *     R(θ) = λ/2 Σ_k Σᵢ F_k,i (θᵢ − θ*_k,i)²
 *
 * F_k: diagonal Fisher information at θ*_k, the weights after task k. The sum over k is kept as one anchor.
 */
export function ewc({ lambda, fisher = exactFisher }: EwcOptions): Strategy<Anchor> {
  return {
    name: 'ewc',
    init: ({ params }) => flatAnchor(params),
    penalty: (anchor) => quadraticPenalty(anchor, lambda),
    consolidate: (anchor, end) => addAnchor(anchor, { center: end.params, curvature: diagonalFisher(end, fisher) }),
  };
}

export interface OnlineEwcOptions extends EwcOptions {
  /** γ: how much of the past importance is kept. */
  readonly decay?: number;
}

/**
 * Online EWC (Schwarz et al. 2018, arXiv:1805.06370): one running importance and the latest anchor,
 *
 *     R(θ) = λ/2 Σᵢ γ F̃ᵢ (θᵢ − θ*ᵢ)²        F̃ ← γ F̃ + F_k after task k
 */
export function onlineEwc({ lambda, decay = 1, fisher = exactFisher }: OnlineEwcOptions): Strategy<Anchor> {
  return {
    name: 'online-ewc',
    init: ({ params }) => flatAnchor(params),
    penalty: (anchor) => quadraticPenalty(anchor, lambda * decay),
    consolidate: ({ curvature }, end) => ({
      center: end.params,
      curvature: mapParams((old, now) => tf.add(tf.mul(old, decay), now), curvature, diagonalFisher(end, fisher)),
    }),
  };
}
