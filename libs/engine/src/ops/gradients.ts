import * as tf from '#tf';
import { fusedKernels, gradientKernels, runFused } from './fused.ts';

/** How TensorFlow.js differentiates the fused kernels; the input's gradient is only computed where it is asked for. */
const denseGradient = (dy: tf.Tensor, saved: readonly tf.Tensor[], attributes: tf.NamedAttrMap) => {
  const [x, kernel, y, gate] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor1D | undefined];
  const inputs = gate === undefined ? { dy, y } : { dy, y, gate };
  const delta = runFused(gradientKernels.activation, inputs, attributes)[0] as tf.Tensor2D;
  const gateFirst = gate !== undefined && attributes['gatePosition'] === 'before-bias';
  const atProduct = gateFirst ? tf.mul<tf.Tensor2D>(delta, gate) : delta;
  return {
    x: () => tf.matMul(atProduct, kernel, false, true),
    kernel: () => tf.matMul(x, atProduct, true, false),
    bias: () => runFused(gradientKernels.columnSums, { x: delta })[0] as tf.Tensor,
  };
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
