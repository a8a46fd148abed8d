import * as tf from '@engram/engine/tf';

type TypedArray = Uint8Array | Float32Array | Int32Array;

export const isTypedArray = (value: unknown): value is TypedArray =>
  value instanceof Uint8Array || value instanceof Float32Array || value instanceof Int32Array;

export const isTensor = (value: unknown): value is tf.Tensor => value instanceof tf.Tensor;

/** Parts of states in which there was no tensor. States are values, so there will be none. */
const withoutTensors = new WeakSet<object>();

/** Every tensor in a tree of plain objects and arrays that nobody changes. Typed arrays are leaves: they are not searched. */
export function tensorsIn(tree: unknown, found: Set<tf.Tensor> = new Set()): Set<tf.Tensor> {
  search(tree, found);
  return found;
}

/** Adds the tensors of a tree and says whether there were any. */
function search(tree: unknown, found: Set<tf.Tensor>): boolean {
  if (isTensor(tree)) {
    found.add(tree);
    return true;
  }
  if (tree === null || typeof tree !== 'object' || isTypedArray(tree) || withoutTensors.has(tree)) return false;
  const items: readonly unknown[] = Array.isArray(tree) ? tree : Object.values(tree);
  let any = false;
  for (const item of items) any = search(item, found) || any;
  if (!any) withoutTensors.add(tree);
  return any;
}

/**
 * Computes the next state and keeps exactly its tensors: everything else that was made on the way is disposed of, and so
 * is what only the previous state held. `compute` is synchronous.
 */
export function advance<Next, Result>(
  previous: unknown,
  compute: () => { readonly next: Next; readonly result: Result },
): { readonly next: Next; readonly result: Result } {
  // the tidy is told the tensors as a flat list: walking a tree of its own it would visit every byte of a typed array
  const made: { readonly next: Next; readonly result: Result }[] = [];
  tf.tidy(() => {
    const out = compute();
    made.push(out);
    return [...tensorsIn(out)].map((tensor) => tf.keep(tensor));
  });
  const [out] = made;
  if (out === undefined) throw new Error('compute gave no state');
  const kept = tensorsIn(out);
  for (const tensor of tensorsIn(previous)) if (!kept.has(tensor)) tensor.dispose();
  return out;
}

export const disposeState = (state: unknown): void => {
  for (const tensor of tensorsIn(state)) tensor.dispose();
};
