import type * as tf from '#tf';
import { fusedKernels, gradientKernels } from '../../ops/fused.ts';
import { floatsOf, input, matrix, matrixProduct, sizeOf, table } from './workshop.ts';
import type { Attributes, Compute, Inputs, Workshop } from './workshop.ts';

/** What happens on every training step: dense layers, losses, optimizers, what strategies add. */
export function stepComputations(workshop: Workshop): Readonly<Record<string, Compute>> {
  const { kernels, result, discard } = workshop;
  const floats = floatsOf(workshop);
  const product = matrixProduct(workshop);

  const dense = (inputs: Inputs, { activation, gatePosition }: Attributes): tf.TensorInfo => {
    const out = product(input(inputs, 'x'), input(inputs, 'kernel'), false, false);
    const { rows, cols } = matrix(out);
    const gate = inputs['gate'];
    const relu = Number(activation === 'relu');
    const first = Number(gatePosition === 'before-bias');
    kernels.biasActivation(
      floats(out),
      rows,
      cols,
      floats(input(inputs, 'bias')),
      gate ? floats(gate) : null,
      relu,
      first,
    );
    return out;
  };

  /** One result per parameter: the kernel is called with the inputs called `<name><i>`. */
  const perParameter = (
    count: unknown,
    call: (of: (name: string) => Float32Array, make: () => Float32Array, size: number) => void,
    inputs: Inputs,
    like: string,
  ): tf.TensorInfo[][] =>
    Array.from({ length: Number(count) }, (_, i) => {
      const made: tf.TensorInfo[] = [];
      const model = input(inputs, `${like}${i}`);
      const make = (): Float32Array => {
        const { info, values } = result(model.shape);
        made.push(info);
        return values;
      };
      call((name) => floats(input(inputs, `${name}${i}`)), make, sizeOf(model));
      return made;
    });
  /** From one list per parameter to one list per result. */
  const byResult = (made: readonly (readonly tf.TensorInfo[])[], results: number): tf.TensorInfo[] =>
    Array.from({ length: results }, (_, r) => made.flatMap((list) => list[r] ?? [])).flat();

  return {
    [fusedKernels.dense]: dense,
    [fusedKernels.gatedDense]: dense,
    [gradientKernels.activation]: (inputs, { activation, gatePosition }) => {
      const y = input(inputs, 'y');
      const { rows, cols } = table(y);
      const delta = result(y.shape);
      const sums = result([cols]);
      const gate = inputs['gate'];
      kernels.activationGradient(
        delta.values,
        sums.values,
        floats(input(inputs, 'dy')),
        floats(y),
        rows,
        cols,
        gate ? floats(gate) : null,
        Number(activation === 'relu'),
        Number(gatePosition === 'before-bias'),
      );
      return [delta.info, sums.info];
    },
    [fusedKernels.crossEntropy]: (inputs) => {
      const logits = input(inputs, 'logits');
      const { rows, cols } = matrix(logits);
      const loss = result([]);
      const gradient = result(logits.shape);
      kernels.crossEntropy(loss.values, gradient.values, floats(logits), floats(input(inputs, 'targets')), rows, cols);
      return [loss.info, gradient.info];
    },
    [fusedKernels.binaryCrossEntropy]: (inputs) => {
      const logits = input(inputs, 'logits');
      const { rows, cols } = matrix(logits);
      const loss = result([]);
      const gradient = result(logits.shape);
      const [targets, weights] = [floats(input(inputs, 'targets')), floats(input(inputs, 'weights'))];
      kernels.binaryCrossEntropy(loss.values, gradient.values, floats(logits), targets, weights, rows, cols);
      return [loss.info, gradient.info];
    },
    [fusedKernels.adam]: (inputs, { n, stepSize, rootCorrection, beta1, beta2, epsilon }) =>
      byResult(
        perParameter(
          n,
          (of, make, size) =>
            kernels.adam(
              make(),
              make(),
              make(),
              of('params'),
              of('grads'),
              of('firstMoments'),
              of('secondMoments'),
              size,
              Number(stepSize),
              Number(rootCorrection),
              Number(beta1),
              Number(beta2),
              Number(epsilon),
            ),
          inputs,
          'params',
        ),
        3,
      ),
    [fusedKernels.momentum]: (inputs, { n, learningRate, momentum }) => {
      const plain = Number(momentum) === 0;
      return byResult(
        perParameter(
          n,
          (of, make, size) =>
            kernels.momentum(
              make(),
              plain ? null : make(),
              of('params'),
              of('grads'),
              plain ? null : of('velocities'),
              size,
              Number(learningRate),
              Number(momentum),
            ),
          inputs,
          'params',
        ),
        plain ? 1 : 2,
      );
    },
    [fusedKernels.anchoredGradient]: (inputs, { n, strength }) =>
      perParameter(
        n,
        (of, make, size) =>
          kernels.anchoredGradient(
            make(),
            of('grads'),
            of('params'),
            of('center'),
            of('curvature'),
            size,
            Number(strength),
          ),
        inputs,
        'grads',
      ).flat(),
    [fusedKernels.pathIntegral]: (inputs, { n }) =>
      perParameter(
        n,
        (of, make, size) => kernels.pathIntegral(make(), of('path'), of('grads'), of('before'), of('after'), size),
        inputs,
        'path',
      ).flat(),
    [fusedKernels.squaredGradients]: (inputs) => {
      const delta = input(inputs, 'delta');
      const a = input(inputs, 'a');
      const weighted = result(delta.shape);
      const squared = result(a.shape);
      kernels.weightedSquares(
        weighted.values,
        floats(delta),
        matrix(delta).rows,
        matrix(delta).cols,
        floats(input(inputs, 'weights')),
      );
      kernels.weightedSquares(squared.values, floats(a), matrix(a).rows, matrix(a).cols, null);
      const kernel = product(squared.info, weighted.info, true, false);
      const bias = result([matrix(delta).cols]);
      kernels.columnSums(bias.values, weighted.values, matrix(delta).rows, matrix(delta).cols);
      discard(weighted.info);
      discard(squared.info);
      return [kernel, bias.info];
    },
  };
}
