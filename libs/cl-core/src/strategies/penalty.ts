import { addAnchoredGradient } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { mapParams, paramList, paramsFrom, zerosLike } from '../params.ts';
import type { Params } from '../params.ts';

/** A term of the loss, with its gradient in closed form. */
export interface Penalty {
  value(params: Params): tf.Scalar;
  /** grads + ∇value(params) */
  addGradient(grads: Params, params: Params): Params;
}

/** A quadratic bowl around `center` (θ*), as steep for each weight as `curvature` (A, its importance) says. */
export interface Anchor {
  readonly center: Params;
  readonly curvature: Params;
}

/** ½ · strength · Σᵢ Aᵢ (θᵢ − θ*ᵢ)² */
export const quadraticPenalty = ({ center, curvature }: Anchor, strength: number): Penalty => ({
  value: (params) =>
    tf.tidy(() => {
      const terms = mapParams((p, c, a) => tf.sum(tf.mul(a, tf.square(tf.sub(p, c)))), params, center, curvature);
      return tf.mul<tf.Scalar>(tf.addN(paramList(terms)), strength / 2);
    }),
  addGradient: (grads, params) =>
    paramsFrom(
      addAnchoredGradient({
        grads: paramList(grads),
        params: paramList(params),
        center: paramList(center),
        curvature: paramList(curvature),
        strength,
      }),
      params,
    ),
});

/** No pull at all: where every anchored strategy starts, so that the first task needs no special case. */
export const flatAnchor = (params: Params): Anchor => ({
  center: mapParams(tf.clone, params),
  curvature: zerosLike(params),
});

/**
 * One bowl that pulls as the sum of two does, up to a constant: A = A₁ + A₂ around the mean of the centres weighted by
 * A₁ and A₂. So any number of past tasks costs the memory and time of one.
 */
export function addAnchor(sum: Anchor, next: Anchor): Anchor {
  const curvature = mapParams((a, b) => tf.add(a, b), sum.curvature, next.curvature);
  const center = mapParams(
    (c, cNext, aNext, a) => {
      const share = tf.where(tf.greater(a, 0), tf.div(aNext, a), tf.onesLike(a));
      return tf.add(c, tf.mul(share, tf.sub(cNext, c)));
    },
    sum.center,
    next.center,
    next.curvature,
    curvature,
  );
  return { center, curvature };
}
