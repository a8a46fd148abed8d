/** Where the values of tensors lie. Memory of disposed tensors is used again by the next ones. */
export interface TensorMemory {
  /** `length` floats of any content, in memory that the kernels can work on. */
  take(length: number): Float32Array;
  /** The same values where the kernels can work on them: the array itself, or a copy. */
  admit(values: Float32Array): Float32Array;
  /** The same values for somebody who may keep a view of them: an array whose memory is never used again. */
  expose(values: Float32Array): Float32Array;
  /** The one tensor that held this memory is gone. Memory that did not come from here is left alone. */
  giveBack(values: Float32Array): void;
}

/** Ordinary arrays, pooled by size; keeps at most `mostFloats` in reserve (default 256 MB). */
export function createHeapMemory(mostFloats = 64 * 2 ** 20): TensorMemory {
  const owned = new WeakSet<Float32Array>();
  const free = new Map<number, Float32Array[]>();
  let reserve = 0;
  return {
    take: (length) => {
      const buffer = free.get(length)?.pop();
      if (buffer !== undefined) {
        reserve -= length;
        return buffer;
      }
      const made = new Float32Array(length);
      owned.add(made);
      return made;
    },
    admit: (values) => values,
    expose: (values) => {
      owned.delete(values);
      return values;
    },
    giveBack: (values) => {
      if (!owned.has(values) || reserve + values.length > mostFloats) return;
      reserve += values.length;
      const same = free.get(values.length);
      if (same === undefined) free.set(values.length, [values]);
      else same.push(values);
    },
  };
}
