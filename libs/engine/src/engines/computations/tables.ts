import * as tf from '#tf';
import type { BatchSource } from '../../ops/read-batch.ts';
import { fusedKernels } from '../../ops/fused.ts';
import { broadcast } from '../broadcast.ts';
import { code, floatsOf, input, isFloat, matrix, matrixProduct, sizeOf } from './workshop.ts';
import type { Attributes, Compute, Inputs, Replacement, Workshop } from './workshop.ts';

/** Arithmetic on tables: matrix products, element-wise operations, reductions, rows. */
export function tableComputations(workshop: Workshop) {
  const { kernels, values: valuesOf, result } = workshop;
  const floats = floatsOf(workshop);
  const product = matrixProduct(workshop);

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
      kernels.binary(code(operation), values, left, ...plan.a, right, ...plan.b, rows, cols);
      return info;
    };

  const unary =
    (operation: string) =>
    (inputs: Inputs): tf.TensorInfo | undefined => {
      const x = input(inputs, 'x');
      if (!isFloat(x)) return undefined;
      const { info, values } = result(x.shape);
      kernels.unary(code(operation), values, floats(x), values.length);
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
      kernels.reduce(code(operation), values, floats(x), outer, count, inner);
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

  const replacements: Readonly<Record<string, Replacement>> = {
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
