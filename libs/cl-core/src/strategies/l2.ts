import { onesLike } from '../params.ts';
import { addAnchor, flatAnchor, quadraticPenalty } from './penalty.ts';
import type { Anchor } from './penalty.ts';
import type { Strategy } from './strategy.ts';

export interface L2Options {
  /** λ */
  readonly lambda: number;
  /** Pull to the weights after every past task (as EWC does), or after the latest only. */
  readonly anchors?: 'all' | 'last';
}

/**
 * Pulls every weight back equally: R(θ) = λ/2 Σ_k Σᵢ (θᵢ − θ*_k,i)², EWC with all importances 1. The comparison of
 * Kirkpatrick et al. 2017 (doi:10.1073/pnas.1611835114): it protects what matters and what does not alike.
 */
export function l2({ lambda, anchors = 'all' }: L2Options): Strategy<Anchor> {
  return {
    name: 'l2',
    init: ({ params }) => flatAnchor(params),
    penalty: (anchor) => quadraticPenalty(anchor, lambda),
    consolidate: (anchor, { params }) => {
      const latest = { center: params, curvature: onesLike(params) };
      return anchors === 'all' ? addAnchor(anchor, latest) : latest;
    },
  };
}
