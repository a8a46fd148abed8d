import * as tf from '#tf';
import { fusedKernels, gradientKernels, runFused } from './fused.ts';

/** Gradient in front of the activation, and of the bias. */
const activationGradient = (
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: tf.NamedAttrMap,
): readonly [delta: tf.Tensor, bias: tf.Tensor] => {
  const [delta, bias] = runFused(gradientKernels.activation, inputs, attributes);
  return [delta as tf.Tensor, bias as tf.Tensor];
};

/** How TensorFlow.js differentiates the fused kernels; the input's gradient is only computed where it is asked for. */
const denseGradient = (dy: tf.Tensor, saved: readonly tf.Tensor[], attributes: tf.NamedAttrMap) => {
  const [x, kernel, y, gate] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor1D | undefined];
  const [delta, bias] = activationGradient(gate === undefined ? { dy, y } : { dy, y, gate }, attributes);
  const gateFirst = gate !== undefined && attributes['gatePosition'] === 'before-bias';
  const atProduct = gateFirst ? tf.mul<tf.Tensor2D>(delta, gate) : (delta as tf.Tensor2D);
  return {
    x: () => tf.matMul(atProduct, kernel, false, true),
    kernel: () => tf.matMul(x, atProduct, true, false),
    bias: () => bias,
  };
};

const convolutionGradient = (dy: tf.Tensor, saved: readonly tf.Tensor[], attributes: tf.NamedAttrMap) => {
  const [x, filter, y] = saved as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
  const [delta, bias] = activationGradient({ dy, y }, attributes);
  return {
    x: () =>
      tf.engine().runKernel(tf.Conv2DBackpropInput, { dy: delta, filter }, { ...attributes, inputShape: x.shape }),
    filter: () =>
      tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy: delta }, { ...attributes, filterShape: filter.shape }),
    bias: () => bias,
  } as Record<string, () => tf.Tensor>;
};

/** Saved tensors come as inputs in the order named, then outputs. */
export function registerFusedGradients(): void {
  tf.registerGradient({
    kernelName: fusedKernels.dense,
    inputsToSave: ['x', 'kernel'],
    outputsToSave: [true],
    gradFunc: (dy, saved, attributes) => denseGradient(dy as tf.Tensor, saved, attributes),
  });
  tf.registerGradient({
    kernelName: fusedKernels.gatedDense,
    inputsToSave: ['x', 'kernel', 'gate'],
    outputsToSave: [true],
    gradFunc: (dy, [x, kernel, gate, y], attributes) =>
      denseGradient(dy as tf.Tensor, [x, kernel, y, gate] as tf.Tensor[], attributes),
  });
  tf.registerGradient({
    kernelName: fusedKernels.convolution,
    inputsToSave: ['x', 'filter'],
    outputsToSave: [true],
    gradFunc: (dy, saved, attributes) => convolutionGradient(dy as tf.Tensor, saved, attributes),
  });
  tf.registerGradient({
    kernelName: fusedKernels.batchNorm,
    inputsToSave: ['x', 'gamma'],
    outputsToSave: [false, true, true],
    // mean and variance are for the running averages; no gradient flows through them
    gradFunc: (dys, [x, gamma, mean, variance], attributes) => {
      const inputs = { dy: (dys as unknown as tf.Tensor[])[0], x, gamma, mean, variance } as Record<string, tf.Tensor>;
      const [dx, dgamma, dbeta] = runFused(gradientKernels.batchNorm, inputs, attributes) as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ];
      return { x: () => dx, gamma: () => dgamma, beta: () => dbeta };
    },
  });
  // both losses give their gradient as a second output
  for (const kernelName of [fusedKernels.crossEntropy, fusedKernels.binaryCrossEntropy]) {
    tf.registerGradient({
      kernelName,
      outputsToSave: [false, true],
      gradFunc: (dy, [gradient]) => ({
        logits: () => tf.mul(gradient as tf.Tensor, (dy as tf.Tensor[])[0] as tf.Scalar),
      }),
    });
  }
}
