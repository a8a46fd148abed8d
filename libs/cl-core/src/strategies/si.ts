import { accumulatePath } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { mapParams, paramList, paramsFrom, zerosLike } from '../params.ts';
import type { Params } from '../params.ts';
import { flatAnchor, quadraticPenalty } from './penalty.ts';
import type { Anchor } from './penalty.ts';
import type { Strategy } from './strategy.ts';

export interface SiOptions {
  /** c */
  readonly c: number;
  /** ξ: keeps the importance finite where a weight did not move. */
  readonly damping?: number;
  /** The gradient in the path integral: of the data loss, or with the penalty's. */
  readonly gradient?: 'data' | 'total';
  /** A weight that moved against its gradient has a negative path integral: keep it, or clamp it to 0. */
  readonly negative?: 'keep' | 'clamp';
}

/** The anchor, and what each weight has contributed since the task began. */
interface SiState extends Anchor {
  readonly path: Params;
}

/**
 * Synaptic intelligence (Zenke, Poole & Ganguli 2017, arXiv:1703.04200, eqs. 3–5):
 *
 *     R(θ) = c Σᵢ Ωᵢ (θᵢ − θ*ᵢ)²
 *     ω ← ω − g ∘ Δθ at every step        Ω ← Ω + ω / ((θ − θ*)² + ξ), θ* ← θ, ω ← 0 when a task ends
 *
 * Δθ is the weights' real displacement. There is no ½ in front of c, unlike in EWC.
 */
export function si({ c, damping = 0.1, gradient = 'data', negative = 'keep' }: SiOptions): Strategy<SiState> {
  return {
    name: 'si',
    init: ({ params }) => ({ ...flatAnchor(params), path: zerosLike(params) }),
    penalty: (anchor) => quadraticPenalty(anchor, 2 * c),
    observe: (state, { dataGrads, totalGrads, before, after }) => ({
      ...state,
      path: paramsFrom(
        accumulatePath({
          path: paramList(state.path),
          grads: paramList(gradient === 'data' ? dataGrads : totalGrads),
          before: paramList(before),
          after: paramList(after),
        }),
        before,
      ),
    }),
    consolidate: ({ center, curvature, path }, { params }) => ({
      center: params,
      curvature: mapParams(
        (omega, w, now, then) => {
          const gain = negative === 'clamp' ? tf.relu(w) : w;
          return tf.add(omega, tf.div(gain, tf.add(tf.square(tf.sub(now, then)), damping)));
        },
        curvature,
        path,
        params,
        center,
      ),
      path: zerosLike(params),
    }),
  };
}
