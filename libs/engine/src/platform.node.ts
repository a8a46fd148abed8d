import { EngineUnavailable } from './engines/engine.ts';
import type { EngineOffer } from './engines/engine.ts';
import { nativeOffer } from './engines/native.node.ts';
import { absentOffer, activate, cpuOffer } from './engines/stock.ts';
import { wasmOffer } from './engines/wasm.ts';
import { readFile } from 'node:fs/promises';

/** TensorFlow's own library, if the user installed its package; it replaces `@tensorflow/tfjs`' backend. */
const tensorflowOffer: EngineOffer = {
  name: 'tensorflow',
  start: async () => {
    const packageName = '@tensorflow/tfjs-node';
    try {
      await import(packageName);
    } catch (error) {
      throw new EngineUnavailable(
        `${packageName} is not installed. It is optional: "engram engine add tensorflow" adds it where its download (some hundred megabytes) is allowed.`,
        { cause: error },
      );
    }
    await activate('tensorflow', 'Reinstall the package, or choose another engine.');
    return { name: 'tensorflow', variant: 'libtensorflow', version: '4.22.0', synchronousReads: true };
  },
};

/** The engines of Node, best first. */
export const offers: readonly EngineOffer[] = [
  nativeOffer,
  tensorflowOffer,
  wasmOffer(() => readFile(new URL('../kernels/kernels.wasm', import.meta.url))),
  cpuOffer,
  absentOffer('webgpu', 'WebGPU needs a browser. Choose native, wasm or cpu.'),
  absentOffer('webgl', 'WebGL needs a browser. Choose native, wasm or cpu.'),
];
