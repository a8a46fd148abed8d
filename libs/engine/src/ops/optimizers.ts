import * as tf from '#tf';

import { at, fusedKernels, hasFused, namedInputs, requireSameShapes, runFused } from './fused.ts';
import type { TensorList } from './fused.ts';

export interface AdamState {
  readonly params: TensorList;
  readonly grads: TensorList;
  readonly firstMoments: TensorList;
  readonly secondMoments: TensorList;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Added outside the root. */
  readonly epsilon: number;
  /** Counts from 1. */
  readonly step: number;
}

export interface AdamResult {
  readonly params: tf.Tensor[];
  readonly firstMoments: tf.Tensor[];
  readonly secondMoments: tf.Tensor[];
}

/**
 * Adam (Kingma & Ba 2015) as PyTorch computes it: both moments bias-corrected, ε outside the root.
 *
 *     m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
 *     θ ← θ − η · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 *
 * Returns new tensors; the arguments are left untouched (and are the caller's to dispose of).
 */
export function adamStep(state: AdamState): AdamResult {
  const { params, grads, firstMoments, secondMoments, learningRate, beta1, beta2, epsilon, step } = state;
  requireSameShapes('adamStep', { params, grads, firstMoments, secondMoments });
  if (!Number.isInteger(step) || step < 1) throw new RangeError(`adamStep: step counts from 1, got ${step}`);
  const stepSize = learningRate / (1 - beta1 ** step);
  const rootCorrection = 1 / Math.sqrt(1 - beta2 ** step);
  const n = params.length;
  if (n > 0 && hasFused(fusedKernels.adam)) {
    const inputs = namedInputs({ params, grads, firstMoments, secondMoments });
    const out = runFused(fusedKernels.adam, inputs, { n, stepSize, rootCorrection, beta1, beta2, epsilon });
    return { params: out.slice(0, n), firstMoments: out.slice(n, 2 * n), secondMoments: out.slice(2 * n) };
  }
  const updated = params.map((param, i) =>
    tf.tidy(() => {
      const grad = at(grads, i);
      const m = at(firstMoments, i)
        .mul(beta1)
        .add(grad.mul(1 - beta1));
      const v = at(secondMoments, i)
        .mul(beta2)
        .add(grad.square().mul(1 - beta2));
      const change = m.mul(stepSize).div(v.sqrt().mul(rootCorrection).add(epsilon));
      return { param: param.sub(change), m, v };
    }),
  );
  return {
    params: updated.map(({ param }) => param),
    firstMoments: updated.map(({ m }) => m),
    secondMoments: updated.map(({ v }) => v),
  };
}

export interface MomentumState {
  readonly params: TensorList;
  readonly grads: TensorList;
  /** One per parameter; may be empty when momentum is 0. */
  readonly velocities: TensorList;
  readonly learningRate: number;
  /** 0 is plain gradient descent. */
  readonly momentum: number;
}

/**
 * Gradient descent with momentum as PyTorch computes it: u ← μ u + g, θ ← θ − η u. With μ = 0 there are no velocities:
 * θ ← θ − η g and an empty list comes back. Returns new tensors; the arguments are left untouched.
 */
export function momentumStep(state: MomentumState): { readonly params: tf.Tensor[]; readonly velocities: tf.Tensor[] } {
  const { params, grads, velocities, learningRate, momentum } = state;
  requireSameShapes('momentumStep', momentum === 0 ? { params, grads } : { params, grads, velocities });
  const n = params.length;
  if (n > 0 && hasFused(fusedKernels.momentum)) {
    const inputs = namedInputs(momentum === 0 ? { params, grads } : { params, grads, velocities });
    const out = runFused(fusedKernels.momentum, inputs, { n, learningRate, momentum });
    return { params: out.slice(0, n), velocities: out.slice(n) };
  }
  if (momentum === 0) {
    return {
      params: params.map((param, i) => tf.tidy(() => param.sub(at(grads, i).mul(learningRate)))),
      velocities: [],
    };
  }
  const moved = velocities.map((velocity, i) => tf.tidy(() => velocity.mul(momentum).add(at(grads, i))));
  return {
    params: params.map((param, i) => tf.tidy(() => param.sub(at(moved, i).mul(learningRate)))),
    velocities: moved,
  };
}
