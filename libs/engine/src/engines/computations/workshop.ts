import * as tf from '#tf';
import type { Kernels } from '../kernels.ts';

export type Inputs = Readonly<Record<string, tf.TensorInfo>>;
export type Attributes = Readonly<Record<string, unknown>>;
export type Compute = (inputs: Inputs, attributes: Attributes) => tf.TensorInfo | tf.TensorInfo[];
/** Undefined for what it does not cover, which TensorFlow.js' own kernel then does. */
export type Replacement = (inputs: Inputs, attributes: Attributes) => tf.TensorInfo | undefined;

/** What computations need of the backend that they belong to. */
export interface Workshop {
  readonly kernels: Kernels;
  /** The values of a tensor; floats where the kernels can work on them. */
  readonly values: (info: tf.TensorInfo) => tf.BackendValues;
  /** A new tensor of any content. */
  readonly result: (shape: readonly number[]) => { readonly info: tf.TensorInfo; readonly values: Float32Array };
  readonly discard: (info: tf.TensorInfo) => void;
}

export const floatsOf =
  ({ values }: Workshop) =>
  (info: tf.TensorInfo): Float32Array =>
    values(info) as Float32Array;

export const sizeOf = ({ shape }: tf.TensorInfo): number => tf.util.sizeFromShape(shape);

export const isFloat = (...infos: readonly tf.TensorInfo[]): boolean => infos.every(({ dtype }) => dtype === 'float32');

export const input = (inputs: Inputs, name: string): tf.TensorInfo => {
  const info = inputs[name];
  if (info === undefined) throw new RangeError(`a kernel was called without its input ${name}`);
  return info;
};

export const matrix = ({ shape }: tf.TensorInfo): { readonly rows: number; readonly cols: number } => ({
  rows: shape[0] ?? 0,
  cols: shape[1] ?? 0,
});

/** A tensor as rows of its last axis. */
export const table = (info: tf.TensorInfo): { readonly rows: number; readonly cols: number } => {
  const cols = info.shape.at(-1) ?? 0;
  return { rows: cols === 0 ? 0 : sizeOf(info) / cols, cols };
};

/** The character by which kernels.h calls an operation. */
export const code = (operation: string): number => operation.charCodeAt(0);

/** op(a)·op(b) of two matrices. */
export const matrixProduct =
  (workshop: Workshop) =>
  (a: tf.TensorInfo, b: tf.TensorInfo, transposeA: boolean, transposeB: boolean): tf.TensorInfo => {
    const floats = floatsOf(workshop);
    const [m, k] = transposeA ? [matrix(a).cols, matrix(a).rows] : [matrix(a).rows, matrix(a).cols];
    const [depth, n] = transposeB ? [matrix(b).cols, matrix(b).rows] : [matrix(b).rows, matrix(b).cols];
    if (depth !== k) throw new RangeError(`matMul: inner sizes differ, ${k} and ${depth}`);
    const { info, values } = workshop.result([m, n]);
    workshop.kernels.gemm(Number(transposeA), Number(transposeB), m, n, k, floats(a), floats(b), values);
    return info;
  };
