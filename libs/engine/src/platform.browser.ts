import type { EngineOffer } from './engines/engine.ts';
import { absentOffer, cpuOffer } from './engines/stock.ts';

/** The engines of a browser, best first. */
export const offers: readonly EngineOffer[] = [
  absentOffer('wasm', 'the WebAssembly kernels are not built.'),
  cpuOffer,
  absentOffer('webgpu', 'the WebGPU backend is not part of this page. Choose wasm or cpu.'),
  absentOffer('webgl', 'the WebGL backend is not part of this page. Choose wasm or cpu.'),
  absentOffer('native', 'native kernels need Node. Choose wasm or cpu.'),
  absentOffer('tensorflow', 'TensorFlow needs Node. Choose wasm or cpu.'),
];
