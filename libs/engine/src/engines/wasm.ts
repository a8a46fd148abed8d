import { registerFusedGradients } from '../ops/gradients.ts';
import { EngineUnavailable } from './engine.ts';
import type { EngineOffer } from './engine.ts';
import { registerKernelBackend } from './kernel-backend.ts';
import { kernelOrder, kernelVersion } from './kernels.ts';
import type { Kernels } from './kernels.ts';
import { createLinearMemory, reserveMemory } from './linear-memory.ts';
import type { TensorMemory } from './memory.ts';
import { activate } from './stock.ts';
import { webAssembly } from './webassembly.ts';

/**
 * Our kernels as WebAssembly SIMD, one thread: the reproducible engine, whose results have the same bits in every browser
 * and in Node. `load` brings the module's bytes.
 */
export const wasmOffer = (load: () => Promise<ArrayBufferView | ArrayBuffer>): EngineOffer => {
  let registered: Promise<void> | undefined;
  const register = async (): Promise<void> => {
    const { kernels, memory } = await instantiate(load);
    registerFusedGradients();
    await registerKernelBackend('engram-wasm', kernels, memory);
  };
  return {
    name: 'wasm',
    start: async () => {
      registered ??= register();
      try {
        await registered;
      } catch (error) {
        registered = undefined;
        throw error;
      }
      await activate('engram-wasm', 'Choose another engine.');
      return { name: 'wasm', variant: 'simd128', version: kernelVersion, synchronousReads: true };
    },
  };
};

/** What the module exports: a table of functions, and where the list of our own stands in its memory. */
interface ModuleExports {
  readonly kernels_simd128: { readonly value: number };
  readonly __heap_base: { readonly value: number };
  readonly __indirect_function_table: { get(index: number): unknown };
}

async function instantiate(
  load: () => Promise<ArrayBufferView | ArrayBuffer>,
): Promise<{ readonly kernels: Kernels; readonly memory: TensorMemory }> {
  if (webAssembly === undefined) throw new EngineUnavailable('WebAssembly is switched off here. Choose cpu.');
  const linear = reserveMemory(webAssembly);
  let exports: ModuleExports;
  try {
    const { instance } = await webAssembly.instantiate(await load(), { env: { memory: linear } });
    exports = instance.exports as ModuleExports;
  } catch (error) {
    throw new EngineUnavailable(
      `the WebAssembly kernels did not load: ${String(error)}. They need WebAssembly SIMD; update the browser, or choose cpu.`,
      { cause: error },
    );
  }
  const memory = createLinearMemory(linear, exports.__heap_base.value);
  // the struct of kernels.h: the variant's name, then one index into the function table for each function
  const addresses = new Uint32Array(linear.buffer, exports.kernels_simd128.value, kernelOrder.length + 1);
  const functionAt = (index: number): ((...args: number[]) => number) =>
    exports.__indirect_function_table.get(addresses[index + 1] ?? 0) as (...args: number[]) => number;

  type Argument = number | null | Float32Array | Int32Array;
  const call =
    (run: (...args: number[]) => number) =>
    (...args: readonly Argument[]): number => {
      const borrowed: Float32Array[] = [];
      /** The address of an array; of a copy, while the call lasts, if it lies outside the module's memory. */
      const address = (values: Float32Array | Int32Array): number => {
        if (values.buffer === linear.buffer) return values.byteOffset;
        const copy = memory.take(values.length);
        borrowed.push(copy);
        (values instanceof Int32Array ? new Int32Array(copy.buffer, copy.byteOffset, copy.length) : copy).set(values);
        return copy.byteOffset;
      };
      try {
        return run(...args.map((value) => (typeof value === 'number' ? value : value === null ? 0 : address(value))));
      } finally {
        for (const copy of borrowed) memory.giveBack(copy);
      }
    };
  const functions = Object.fromEntries(kernelOrder.map((name, i) => [name, call(functionAt(i))])) as unknown as Record<
    (typeof kernelOrder)[number],
    (...args: Argument[]) => number
  >;
  const withScratch = (floats: number, run: (scratch: Float32Array) => void): void => {
    const scratch = memory.take(floats);
    run(scratch);
    memory.giveBack(scratch);
  };
  /** The window comes last, the scratch memory behind it. */
  const convolution =
    (name: 'convolution' | 'convolutionInputGradient' | 'convolutionFilterGradient') =>
    (...args: readonly Argument[]): void => {
      withScratch(functions.convolutionFloats(args.at(-1) ?? null), (scratch) => functions[name](...args, scratch));
    };
  const kernels = {
    ...functions,
    variant: 'simd128',
    gemm: (...args: Parameters<Kernels['gemm']>) => {
      const [, , m, n, k] = args;
      withScratch(functions.scratchFloats(m, n, k), (scratch) => functions.gemm(...args, scratch));
    },
    convolution: convolution('convolution'),
    convolutionInputGradient: convolution('convolutionInputGradient'),
    convolutionFilterGradient: convolution('convolutionFilterGradient'),
    // the rows that are read go in, not the whole data set
    readBytes: (
      ...[out, source, rows, count, rowLength, permutation, columns, scale]: Parameters<Kernels['readBytes']>
    ) => {
      const copy = memory.take(Math.ceil((count * rowLength) / 4));
      const bytes = new Uint8Array(copy.buffer, copy.byteOffset, count * rowLength);
      rows.forEach((row, i) => {
        bytes.set(source.subarray(row * rowLength, (row + 1) * rowLength), i * rowLength);
      });
      functions.readBytes(out, copy, Int32Array.from(rows.keys()), count, rowLength, permutation, columns, scale);
      memory.giveBack(copy);
    },
    readFloats: (
      ...[out, source, rows, count, rowLength, permutation, columns, scale]: Parameters<Kernels['readFloats']>
    ) => {
      const copy = memory.take(count * rowLength);
      rows.forEach((row, i) => {
        copy.set(source.subarray(row * rowLength, (row + 1) * rowLength), i * rowLength);
      });
      functions.readFloats(out, copy, Int32Array.from(rows.keys()), count, rowLength, permutation, columns, scale);
      memory.giveBack(copy);
    },
  } as unknown as Kernels;
  return { kernels, memory };
}
