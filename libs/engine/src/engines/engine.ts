/** How the arithmetic is done. `native`: our C kernels in a Node addon; `wasm`: the same source as WebAssembly. */
export type EngineName = 'native' | 'tensorflow' | 'wasm' | 'webgpu' | 'webgl' | 'cpu';

export interface EngineInfo {
  readonly name: EngineName;
  /** What the kernels were compiled for, for example `avx512`, `simd128` or `javascript`. */
  readonly variant: string;
  readonly version: string;
  /** Whether values can be read without waiting (`dataSync`). */
  readonly synchronousReads: boolean;
}

/** Why an engine cannot be used here and what to do about it. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
}

export interface EngineProbe {
  readonly name: EngineName;
  readonly usable: boolean;
  /** Why not, and what to do; or a short description. */
  readonly reason: string;
  readonly info?: EngineInfo;
}

/** One engine as a platform offers it: `start` makes it the active TensorFlow.js backend or throws EngineUnavailable. */
export interface EngineOffer {
  readonly name: EngineName;
  readonly start: () => Promise<EngineInfo>;
}
