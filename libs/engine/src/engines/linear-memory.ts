import { EngineUnavailable } from './engine.ts';
import type { TensorMemory } from './memory.ts';
import type { LinearMemory, WebAssemblyApi } from './webassembly.ts';

const PAGE = 65_536;
/** Blocks start at multiples of this many bytes, so that no vector load crosses a cache line without need. */
const ALIGNMENT = 64;

/**
 * The memory of a WebAssembly module. It never grows, since growing would cut off every array over it; but a page of it
 * costs nothing before it is first written to.
 */
export function reserveMemory(
  api: WebAssemblyApi,
  megabytes: readonly number[] = [2048, 1024, 512, 256, 128],
): LinearMemory {
  for (const size of megabytes) {
    const pages = (size * 2 ** 20) / PAGE;
    try {
      return new api.Memory({ initial: pages, maximum: pages });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new EngineUnavailable(
    `no memory for WebAssembly: this device refused ${megabytes.at(-1)} MB. Close other pages and try again, or choose cpu.`,
  );
}

/** Tensors in a module's memory, from byte `start` on. Throws RangeError when the memory is full. */
export function createLinearMemory(memory: LinearMemory, start: number): TensorMemory {
  const { buffer } = memory;
  const up = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
  /** Blocks given back, ready for a tensor of the same size. */
  const ready = new Map<number, number[]>();
  /** Gaps between blocks, by address, never next to each other. */
  let gaps = [{ from: up(start), size: buffer.byteLength - up(start) }];

  const fromGaps = (size: number): number | undefined => {
    const gap = gaps.find((candidate) => candidate.size >= size);
    if (gap === undefined) return undefined;
    const { from } = gap;
    gap.from += size;
    gap.size -= size;
    return from;
  };
  /** Turns every block in reserve into gaps again, so that blocks of another size fit. */
  const merge = (): void => {
    for (const [size, addresses] of ready) gaps.push(...addresses.map((from) => ({ from, size })));
    ready.clear();
    const merged: typeof gaps = [];
    for (const gap of gaps.filter(({ size }) => size > 0).sort((a, b) => a.from - b.from)) {
      const last = merged.at(-1);
      if (last !== undefined && last.from + last.size === gap.from) last.size += gap.size;
      else merged.push({ ...gap });
    }
    gaps = merged;
  };
  const allocate = (size: number): number => {
    const address = ready.get(size)?.pop() ?? fromGaps(size);
    if (address !== undefined) return address;
    merge();
    const found = fromGaps(size);
    if (found !== undefined) return found;
    throw new RangeError(
      `the WebAssembly engine's memory of ${buffer.byteLength / 2 ** 20} MB is full. Make the network or the batch smaller, or use the native engine.`,
    );
  };

  const owns = (values: Float32Array): boolean => values.buffer === buffer;
  const take = (length: number): Float32Array => new Float32Array(buffer, allocate(up(length * 4)), length);
  const giveBack = (values: Float32Array): void => {
    const size = up(values.byteLength);
    if (!owns(values) || size === 0) return;
    const same = ready.get(size);
    if (same === undefined) ready.set(size, [values.byteOffset]);
    else same.push(values.byteOffset);
  };
  return {
    take,
    giveBack,
    admit: (values) => {
      if (owns(values)) return values;
      const inside = take(values.length);
      inside.set(values);
      return inside;
    },
    expose: (values) => {
      if (!owns(values)) return values;
      const outside = values.slice();
      giveBack(values);
      return outside;
    },
  };
}
