import * as tf from '#tf';

/** Names of the kernels that only our own backends have. Each op that uses one also has a plain TensorFlow.js form. */
export const fusedKernels = {
  dense: 'EngramDense',
  gatedDense: 'EngramGatedDense',
  crossEntropy: 'EngramCrossEntropy',
  binaryCrossEntropy: 'EngramBinaryCrossEntropy',
  adam: 'EngramAdam',
  momentum: 'EngramMomentum',
  anchoredGradient: 'EngramAnchoredGradient',
  pathIntegral: 'EngramPathIntegral',
  squaredGradients: 'EngramSquaredGradients',
  readBatch: 'EngramReadBatch',
  convolution: 'EngramConvolution',
  batchNorm: 'EngramBatchNorm',
  normal: 'EngramNormal',
} as const;

/** Kernels that only the gradients of fused kernels use. */
export const gradientKernels = {
  activation: 'EngramActivationGradient',
  batchNorm: 'EngramBatchNormGradient',
} as const;

export type FusedKernel = (typeof fusedKernels)[keyof typeof fusedKernels];
type GradientKernel = (typeof gradientKernels)[keyof typeof gradientKernels];

/** Whether the active backend has this fused kernel. */
export const hasFused = (kernel: FusedKernel): boolean => Boolean(tf.getKernel(kernel, tf.getBackend()));

/** Runs a fused kernel; several outputs come back as a list. */
export const runFused = (
  kernel: FusedKernel | GradientKernel,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: tf.NamedAttrMap = {},
): tf.Tensor[] => {
  const outputs = tf.engine().runKernel(kernel, { ...inputs }, attributes);
  return Array.isArray(outputs) ? outputs : [outputs];
};

export type TensorList = readonly tf.Tensor[];

/** Named inputs for a kernel that takes lists: `{ params: [a, b] }` becomes `{ params0: a, params1: b }`. */
export const namedInputs = (lists: Readonly<Record<string, TensorList>>): Record<string, tf.Tensor> =>
  Object.fromEntries(
    Object.entries(lists).flatMap(([name, list]) => list.map((tensor, i) => [`${name}${i}`, tensor] as const)),
  );

/** Throws unless every list has as many tensors as the first, shape by shape. */
export const requireSameShapes = (op: string, lists: Readonly<Record<string, TensorList>>): void => {
  const [first, ...others] = Object.entries(lists);
  if (first === undefined) return;
  const [firstName, expected] = first;
  for (const [name, list] of others) {
    if (list.length !== expected.length) {
      throw new RangeError(
        `${op}: ${name} has ${list.length} tensors, ${firstName} has ${expected.length}; pass one per parameter`,
      );
    }
    list.forEach((tensor, i) => {
      if (!tf.util.arraysEqual(tensor.shape, expected[i]?.shape ?? [])) {
        throw new RangeError(
          `${op}: ${name}[${i}] has shape [${tensor.shape}], ${firstName}[${i}] has [${expected[i]?.shape}]`,
        );
      }
    });
  }
};

/** The tensor at an index that the caller has already checked. */
export const at = (list: TensorList, index: number): tf.Tensor => {
  const tensor = list[index];
  if (tensor === undefined) throw new RangeError(`no tensor at index ${index} of ${list.length}`);
  return tensor;
};
