import * as tf from '@engram/engine/tf';
import type { Rng } from '@engram/random';

/** The trainable tensors of a model, by name. Every other per-parameter quantity (gradients, importances) has the same keys. */
export type Params = Readonly<Record<string, tf.Tensor>>;

export const paramList = (params: Params): tf.Tensor[] => Object.values(params);

/** Puts a list in the order of `paramList(like)` back under its names. */
export const paramsFrom = (list: readonly tf.Tensor[], like: Params): Params =>
  Object.fromEntries(
    Object.keys(like).map((name, i) => {
      const tensor = list[i];
      if (tensor === undefined) throw new RangeError(`no tensor for parameter ${name}: got ${list.length}`);
      return [name, tensor] as const;
    }),
  );

/** The tensors called `name`, in the order of the arguments. */
const pick = (name: string, all: readonly Params[]): tf.Tensor[] =>
  all.map((params) => {
    const tensor = params[name];
    if (tensor === undefined) throw new RangeError(`no parameter ${name}; there are ${Object.keys(params).join(', ')}`);
    return tensor;
  });

/** Applies `f` parameter by parameter; intermediate tensors are disposed of. */
export const mapParams = (f: (...tensors: tf.Tensor[]) => tf.Tensor, first: Params, ...others: Params[]): Params =>
  Object.fromEntries(
    Object.keys(first).map((name) => [name, tf.tidy(() => f(...pick(name, [first, ...others])))] as const),
  );

export const zerosLike = (params: Params): Params => mapParams((p) => tf.zeros(p.shape), params);
export const onesLike = (params: Params): Params => mapParams((p) => tf.ones(p.shape), params);

/** Uniform in ±1/√fanIn, as PyTorch starts dense and convolutional layers. */
export function uniform(shape: number[], fanIn: number, rng: Rng): tf.Tensor {
  const bound = 1 / Math.sqrt(fanIn);
  const size = shape.reduce((product, n) => product * n, 1);
  const values = Float32Array.from({ length: size }, () => (2 * rng.float() - 1) * bound);
  return tf.tensor(values, shape);
}
