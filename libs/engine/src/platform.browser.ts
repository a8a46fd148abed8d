import type { EngineOffer } from './engines/engine.ts';
import { absentOffer, cpuOffer } from './engines/stock.ts';
import { wasmOffer } from './engines/wasm.ts';

const kernels = new URL('../kernels/kernels.wasm', import.meta.url);

/** The engines of a browser, best first. */
export const offers: readonly EngineOffer[] = [
  wasmOffer(async () => {
    const response = await fetch(kernels);
    if (!response.ok) throw new Error(`${kernels.pathname} answered ${response.status}`);
    return response.arrayBuffer();
  }),
  cpuOffer,
  absentOffer('webgpu', 'the WebGPU backend is not part of this page. Choose wasm or cpu.'),
  absentOffer('webgl', 'the WebGL backend is not part of this page. Choose wasm or cpu.'),
  absentOffer('native', 'native kernels need Node. Choose wasm or cpu.'),
  absentOffer('tensorflow', 'TensorFlow needs Node. Choose wasm or cpu.'),
];
