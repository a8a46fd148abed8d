import { createRequire } from 'node:module';
import { registerFusedGradients } from '../ops/gradients.ts';
import { EngineUnavailable } from './engine.ts';
import type { EngineOffer } from './engine.ts';
import { registerKernelBackend } from './kernel-backend.ts';
import { kernelVersion } from './kernels.ts';
import type { Kernels } from './kernels.ts';
import { createHeapMemory } from './memory.ts';
import { activate } from './stock.ts';

/** Our kernels in a Node addon: the fastest engine on a processor. One thread; same processor type, same bits. */
export const nativeOffer: EngineOffer = {
  name: 'native',
  start: async () => {
    const { variant } = await register();
    await activate('engram-native', 'Choose another engine.');
    return { name: 'native', variant, version: kernelVersion, synchronousReads: true };
  },
};

let registered: Promise<Kernels> | undefined;

const register = (): Promise<Kernels> => {
  registered ??= (async () => {
    const kernels = loadAddon();
    registerFusedGradients();
    await registerKernelBackend('engram-native', kernels, createHeapMemory());
    return kernels;
  })();
  return registered;
};

function loadAddon(): Kernels {
  try {
    return createRequire(import.meta.url)('../../build/engram.node') as Kernels;
  } catch (error) {
    throw new EngineUnavailable(
      'the native kernels are not built. Install a C compiler (gcc or clang) and run "npm run build:native -w libs/engine".',
      { cause: error },
    );
  }
}
