/** Memory of disposed tensors, to be used again by the next tensor of the same size. */
export interface BufferPool {
  /** `length` floats of any content. */
  take(length: number): Float32Array;
  /** Whether the memory came from here and belongs to one tensor alone. */
  owns(buffer: unknown): boolean;
  /** From now on somebody else may look at this memory: it is never used again. */
  release(buffer: unknown): void;
  /** The owner is done with it. */
  giveBack(buffer: Float32Array): void;
}

/** Keeps at most `mostFloats` in reserve (default 256 MB). */
export function createBufferPool(mostFloats = 64 * 2 ** 20): BufferPool {
  const owned = new WeakSet<object>();
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
    owns: (buffer) => buffer instanceof Float32Array && owned.has(buffer),
    release: (buffer) => {
      if (buffer instanceof Float32Array) owned.delete(buffer);
    },
    giveBack: (buffer) => {
      if (reserve + buffer.length > mostFloats) return;
      reserve += buffer.length;
      const same = free.get(buffer.length);
      if (same === undefined) free.set(buffer.length, [buffer]);
      else same.push(buffer);
    },
  };
}
