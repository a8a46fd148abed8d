import * as tf from '#tf';

import { at, fusedKernels, hasFused, namedInputs, requireSameShapes, runFused } from './fused.ts';
import type { TensorList } from './fused.ts';

/**
 * The gradient with a quadratic pull towards an anchor added: g + λ · A ∘ (θ − c), per parameter. It is the derivative
 * of ½ λ Σ A (θ − c)². Returns new tensors.
 */
export function addAnchoredGradient(s: {
  readonly grads: TensorList;
  readonly params: TensorList;
  readonly center: TensorList;
  readonly curvature: TensorList;
  readonly strength: number;
}): tf.Tensor[] {
  const { grads, params, center, curvature, strength } = s;
  requireSameShapes('addAnchoredGradient', { params, grads, center, curvature });
  const n = params.length;
  if (n > 0 && hasFused(fusedKernels.anchoredGradient)) {
    return runFused(fusedKernels.anchoredGradient, namedInputs({ grads, params, center, curvature }), { n, strength });
  }
  return grads.map((grad, i) =>
    tf.tidy(() => grad.add(at(params, i).sub(at(center, i)).mul(at(curvature, i)).mul(strength))),
  );
}

/** Synaptic intelligence's path integral, one step further: path − g ∘ (after − before). Returns new tensors. */
export function accumulatePath(s: {
  readonly path: TensorList;
  readonly grads: TensorList;
  readonly before: TensorList;
  readonly after: TensorList;
}): tf.Tensor[] {
  const { path, grads, before, after } = s;
  requireSameShapes('accumulatePath', { path, grads, before, after });
  const n = path.length;
  if (n > 0 && hasFused(fusedKernels.pathIntegral)) {
    return runFused(fusedKernels.pathIntegral, namedInputs({ path, grads, before, after }), { n });
  }
  return path.map((sum, i) => tf.tidy(() => sum.sub(at(grads, i).mul(at(after, i).sub(at(before, i))))));
}

/**
 * Weighted sums of squared per-example gradients of a dense layer, exact in one pass over a batch:
 *
 *     kernel [in, out] = (a∘a)ᵀ · (δ∘δ∘w)        bias [out] = Σ_n w_n δ_n²
 *
 * a [n, in] is the layer's input, delta [n, out] the gradient at its pre-activation for each example (not averaged),
 * weights [n] one factor per example.
 */
export function squaredGradients(
  a: tf.Tensor2D,
  delta: tf.Tensor2D,
  weights: tf.Tensor1D,
): { readonly kernel: tf.Tensor2D; readonly bias: tf.Tensor1D } {
  const rows = a.shape[0];
  if (delta.shape[0] !== rows || weights.shape[0] !== rows) {
    throw new RangeError(
      `squaredGradients: a [${a.shape}] needs delta [${rows},out] and weights [${rows}]; got [${delta.shape}] and [${weights.shape}]`,
    );
  }
  if (hasFused(fusedKernels.squaredGradients)) {
    const [kernel, bias] = runFused(fusedKernels.squaredGradients, { a, delta, weights });
    return { kernel: kernel as tf.Tensor2D, bias: bias as tf.Tensor1D };
  }
  return tf.tidy(() => {
    const weighted = delta.square().mul<tf.Tensor2D>(weights.expandDims(1));
    return { kernel: tf.matMul(a.square(), weighted, true, false), bias: tf.sum<tf.Tensor1D>(weighted, 0) };
  });
}
