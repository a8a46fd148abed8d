import * as tf from '#tf';

import { fusedKernels, hasFused, runFused } from './fused.ts';

export interface DenseOptions {
  /** Default `linear`. */
  readonly activation?: 'linear' | 'relu';
  /** One factor per unit [out]; the gradient does not flow into it. */
  readonly gate?: tf.Tensor1D;
  /** Where the gate multiplies. Default `after-activation`. */
  readonly gatePosition?: 'after-activation' | 'before-bias';
}

/**
 * A dense layer, x [n, in], kernel [in, out], bias [out] → [n, out]:
 *
 * - `after-activation`: h = gate ∘ act(x·W + b)   (Masse, Grant & Freedman 2018)
 * - `before-bias`:      h = act(gate ∘ (x·W) + b)   (van de Ven's code: a closed unit still puts out act(b))
 *
 * Differentiable in x, W and b.
 */
export function dense(x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D, options: DenseOptions = {}): tf.Tensor2D {
  const { activation = 'linear', gate, gatePosition = 'after-activation' } = options;
  const [inputs, units] = kernel.shape;
  if (x.shape[1] !== inputs || bias.shape[0] !== units || (gate !== undefined && gate.shape[0] !== units)) {
    throw new RangeError(
      `dense: kernel [${kernel.shape}] needs x [n,${inputs}], bias [${units}]` +
        ` and gate [${units}]; got x [${x.shape}], bias [${bias.shape}]${gate ? `, gate [${gate.shape}]` : ''}`,
    );
  }
  if (hasFused(fusedKernels.dense)) {
    const [out] =
      gate === undefined
        ? runFused(fusedKernels.dense, { x, kernel, bias }, { activation, gatePosition })
        : runFused(fusedKernels.gatedDense, { x, kernel, bias, gate }, { activation, gatePosition });
    return out as tf.Tensor2D;
  }
  return plainDense(x, kernel, bias, activation, gate, gatePosition);
}

const plainDense = (
  x: tf.Tensor2D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: 'linear' | 'relu',
  gate: tf.Tensor1D | undefined,
  gatePosition: 'after-activation' | 'before-bias',
): tf.Tensor2D =>
  tf.tidy(() => {
    const act = (z: tf.Tensor2D): tf.Tensor2D => (activation === 'relu' ? tf.relu(z) : z);
    const product = tf.matMul(x, kernel);
    if (gate !== undefined && gatePosition === 'before-bias') return act(product.mul<tf.Tensor2D>(gate).add(bias));
    const h = act(product.add(bias));
    return gate === undefined ? h : h.mul<tf.Tensor2D>(gate);
  });
