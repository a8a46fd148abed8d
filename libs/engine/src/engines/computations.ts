import * as tf from '#tf';
import type { BatchSource } from '../ops/read-batch.ts';
import { fusedKernels, gradientKernels } from '../ops/fused.ts';
import { broadcast } from './broadcast.ts';
import type { Kernels } from './kernels.ts';

export type Inputs = Readonly<Record<string, tf.TensorInfo>>;
type Attributes = Readonly<Record<string, unknown>>;
type Compute = (inputs: Inputs, attributes: Attributes) => tf.TensorInfo | tf.TensorInfo[];

/** What computations need of the backend that they belong to. */
export interface Workshop {
  readonly kernels: Kernels;
  /** The values of a tensor; floats where the kernels can work on them. */
  readonly values: (info: tf.TensorInfo) => tf.BackendValues;
  /** A new tensor of any content. */
  readonly result: (shape: readonly number[]) => { readonly info: tf.TensorInfo; readonly values: Float32Array };
  readonly discard: (info: tf.TensorInfo) => void;
}

/** The kernels' functions as TensorFlow.js kernels; a replacement gives undefined for what it does not cover. */
export function createComputations({ kernels, values: valuesOf, result, discard }: Workshop) {
  const floats = (info: tf.TensorInfo): Float32Array => valuesOf(info) as Float32Array;
  const sizeOf = ({ shape }: tf.TensorInfo): number => tf.util.sizeFromShape(shape);
  const isFloat = (...infos: readonly tf.TensorInfo[]): boolean => infos.every(({ dtype }) => dtype === 'float32');
  const input = (inputs: Inputs, name: string): tf.TensorInfo => {
    const info = inputs[name];
    if (info === undefined) throw new RangeError(`a kernel was called without its input ${name}`);
    return info;
  };
  const matrix = ({ shape }: tf.TensorInfo): { readonly rows: number; readonly cols: number } => ({
    rows: shape[0] ?? 0,
    cols: shape[1] ?? 0,
  });

  const product = (a: tf.TensorInfo, b: tf.TensorInfo, transposeA: boolean, transposeB: boolean): tf.TensorInfo => {
    const [m, k] = transposeA ? [matrix(a).cols, matrix(a).rows] : [matrix(a).rows, matrix(a).cols];
    const [depth, n] = transposeB ? [matrix(b).cols, matrix(b).rows] : [matrix(b).rows, matrix(b).cols];
    if (depth !== k) throw new RangeError(`matMul: inner sizes differ, ${k} and ${depth}`);
    const { info, values } = result([m, n]);
    kernels.gemm(Number(transposeA), Number(transposeB), m, n, k, floats(a), floats(b), values);
    return info;
  };

  const binary =
    (operation: string) =>
    (inputs: Inputs): tf.TensorInfo | undefined => {
      const a = input(inputs, 'a');
      const b = input(inputs, 'b');
      if (!isFloat(a, b)) return undefined;
      const plan = broadcast(a.shape, b.shape);
      if (plan === undefined) return undefined;
      const { shape, rows, cols } = plan;
      const { info, values } = result(shape);
      const [left, right] = [floats(a), floats(b)];
      kernels.binary(operation.charCodeAt(0), values, left, ...plan.a, right, ...plan.b, rows, cols);
      return info;
    };

  const unary =
    (operation: string) =>
    (inputs: Inputs): tf.TensorInfo | undefined => {
      const x = input(inputs, 'x');
      if (!isFloat(x)) return undefined;
      const { info, values } = result(x.shape);
      kernels.unary(operation.charCodeAt(0), values, floats(x), values.length);
      return info;
    };

  /** A reduction over neighbouring axes. */
  const reduce =
    (operation: string, inputName: string, mean = false) =>
    (inputs: Inputs, { axis, reductionIndices, keepDims }: Attributes): tf.TensorInfo | undefined => {
      const x = input(inputs, inputName);
      const axes = tf.util.parseAxisParam((axis ?? reductionIndices ?? null) as number[], x.shape);
      const [first, last] = [Math.min(...axes), Math.max(...axes)];
      const between = x.shape.slice(first, last + 1);
      if (!isFloat(x) || between.some((size, i) => size !== 1 && !axes.includes(first + i))) return undefined;
      const count = axes.length === 0 ? 1 : tf.util.sizeFromShape(between);
      const outer = axes.length === 0 ? sizeOf(x) : tf.util.sizeFromShape(x.shape.slice(0, first));
      const inner = axes.length === 0 ? 1 : tf.util.sizeFromShape(x.shape.slice(last + 1));
      const shape = x.shape.flatMap((size, i) => (!axes.includes(i) ? [size] : keepDims ? [1] : []));
      const { info, values } = result(shape);
      kernels.reduce(operation.charCodeAt(0), values, floats(x), outer, count, inner);
      if (mean) values.forEach((sum, i) => (values[i] = sum / count));
      return info;
    };

  /** Whole rows of the first axis, from one on. */
  const rowsFrom = (x: tf.TensorInfo, begin: number, shape: readonly number[]): tf.TensorInfo => {
    const { info, values } = result(shape);
    const rowSize = tf.util.sizeFromShape(x.shape.slice(1));
    values.set(floats(x).subarray(begin * rowSize, begin * rowSize + values.length));
    return info;
  };

  const filled = (shape: readonly number[], value: number): tf.TensorInfo => {
    const { info, values } = result(shape);
    values.fill(value);
    return info;
  };

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

  const replacements: Readonly<Record<string, (inputs: Inputs, attributes: Attributes) => tf.TensorInfo | undefined>> =
    {
      [tf.BatchMatMul]: (inputs, { transposeA, transposeB }) => {
        const a = input(inputs, 'a');
        const b = input(inputs, 'b');
        if (!isFloat(a, b) || a.shape.length !== 2 || b.shape.length !== 2) return undefined;
        return product(a, b, Boolean(transposeA), Boolean(transposeB));
      },
      [tf.Add]: binary('+'),
      [tf.Sub]: binary('-'),
      [tf.Multiply]: binary('*'),
      [tf.RealDiv]: binary('/'),
      [tf.Maximum]: binary('>'),
      [tf.Minimum]: binary('<'),
      [tf.Neg]: unary('n'),
      [tf.Square]: unary('q'),
      [tf.Sqrt]: unary('r'),
      [tf.Exp]: unary('e'),
      [tf.Log]: unary('l'),
      [tf.Sigmoid]: unary('s'),
      [tf.Tanh]: unary('t'),
      [tf.Softplus]: unary('p'),
      [tf.Relu]: unary('m'),
      [tf.Abs]: unary('a'),
      [tf.Step]: (inputs, { alpha }) => (alpha === 0 ? unary('1')(inputs) : undefined),
      [tf.Sum]: reduce('+', 'x'),
      [tf.Mean]: reduce('+', 'x', true),
      [tf.Max]: reduce('>', 'x'),
      [tf.Softmax]: (inputs, { dim }) => {
        const logits = input(inputs, 'logits');
        const cols = logits.shape.at(-1) ?? 0;
        if (!isFloat(logits) || dim !== logits.shape.length - 1 || cols === 0) return undefined;
        const { info, values } = result(logits.shape);
        kernels.softmax(values, floats(logits), values.length / cols, cols);
        return info;
      },
      [tf.Transpose]: (inputs, { perm }) => {
        const x = input(inputs, 'x');
        if (!isFloat(x) || x.shape.length !== 2 || String(perm) !== '1,0') return undefined;
        const { rows, cols } = matrix(x);
        const { info, values } = result([cols, rows]);
        kernels.transpose(values, floats(x), rows, cols);
        return info;
      },
      [tf.UnsortedSegmentSum]: (inputs, { numSegments }) => {
        const x = input(inputs, 'x');
        const segments = input(inputs, 'segmentIds');
        if (!isFloat(x) || segments.shape.length !== 1) return undefined;
        const { info, values } = result([Number(numSegments), ...x.shape.slice(1)]);
        const rows = x.shape[0] ?? 0;
        const cols = tf.util.sizeFromShape(x.shape.slice(1));
        kernels.addRows(values, floats(x), valuesOf(segments) as Int32Array, rows, cols, Number(numSegments));
        return info;
      },
      // TensorFlow.js would give out the whole numbers' own memory as that of floats
      [tf.Cast]: (inputs, { dtype }) => {
        const x = input(inputs, 'x');
        if (dtype !== 'float32' || (x.dtype !== 'int32' && x.dtype !== 'bool')) return undefined;
        const { info, values } = result(x.shape);
        values.set(valuesOf(x) as Int32Array | Uint8Array);
        return info;
      },
      [tf.GatherV2]: (inputs, { axis, batchDims }) => {
        const x = input(inputs, 'x');
        const indices = input(inputs, 'indices');
        const rows = valuesOf(indices);
        const count = x.shape[0] ?? 0;
        if (!isFloat(x) || axis !== 0 || batchDims || indices.shape.length !== 1 || !(rows instanceof Int32Array)) {
          return undefined;
        }
        // what is out of range is left to TensorFlow.js, which says so
        if (!rows.every((row) => row >= 0 && row < count)) return undefined;
        const { info, values } = result([rows.length, ...x.shape.slice(1)]);
        const length = tf.util.sizeFromShape(x.shape.slice(1));
        kernels.readFloats(values, floats(x), rows, rows.length, length, null, length, 1);
        return info;
      },
      [tf.Slice]: (inputs, { begin, size }) => {
        const x = input(inputs, 'x');
        if (!isFloat(x) || x.shape.length === 0) return undefined;
        const [from = [], shape = []] = tf.slice_util.parseSliceParams(x, begin as number[], size as number[]);
        tf.slice_util.assertParamsValid(x, from, shape);
        return shape.every((n, i) => i === 0 || n === x.shape[i]) ? rowsFrom(x, from[0] ?? 0, shape) : undefined;
      },
      [tf.ZerosLike]: (inputs) => {
        const x = input(inputs, 'x');
        return isFloat(x) ? filled(x.shape, 0) : undefined;
      },
      [tf.OnesLike]: (inputs) => {
        const x = input(inputs, 'x');
        return isFloat(x) ? filled(x.shape, 1) : undefined;
      },
      [tf.Fill]: (_, { shape, value, dtype }) =>
        typeof value === 'number' && (dtype === undefined || dtype === 'float32')
          ? filled(shape as number[], value)
          : undefined,
    };

  const fused: Readonly<Record<string, Compute>> = {
    [fusedKernels.dense]: dense,
    [fusedKernels.gatedDense]: dense,
    [gradientKernels.activation]: (inputs, { activation, gatePosition }) => {
      const y = input(inputs, 'y');
      const { rows, cols } = matrix(y);
      const { info, values } = result(y.shape);
      const gate = inputs['gate'];
      kernels.activationGradient(
        values,
        floats(input(inputs, 'dy')),
        floats(y),
        rows,
        cols,
        gate ? floats(gate) : null,
        Number(activation === 'relu'),
        Number(gatePosition === 'before-bias'),
      );
      return info;
    },
    [gradientKernels.columnSums]: (inputs) => {
      const x = input(inputs, 'x');
      const { rows, cols } = matrix(x);
      const { info, values } = result([cols]);
      kernels.columnSums(values, floats(x), rows, cols);
      return info;
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
    [fusedKernels.readBatch]: (_, attributes) => {
      const { source, rows, rowLength, permutation, scale } = attributes['batch'] as BatchSource;
      const columns = permutation?.length ?? rowLength;
      const { info, values } = result([rows.length, columns]);
      if (source instanceof Uint8Array) {
        kernels.readBytes(values, source, rows, rows.length, rowLength, permutation ?? null, columns, scale);
      } else {
        kernels.readFloats(values, source, rows, rows.length, rowLength, permutation ?? null, columns, scale);
      }
      return info;
    },
  };
  return { replacements, fused };
}
