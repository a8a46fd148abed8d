import { offers } from '#platform';
import * as tf from '#tf';

import { EngineUnavailable } from './engine.ts';
import type { EngineInfo, EngineName, EngineProbe } from './engine.ts';

/**
 * Makes an engine the active TensorFlow.js backend. `auto` takes the first that starts, in the platform's order
 * (Node: native, tensorflow, wasm, cpu; browser: wasm, cpu). An explicit choice that cannot be used rejects with an
 * EngineUnavailable that says why and what to do.
 */
export async function useEngine(choice: EngineName | 'auto'): Promise<EngineInfo> {
  if (choice !== 'auto') {
    const offer = offers.find(({ name }) => name === choice);
    if (offer === undefined) {
      throw new EngineUnavailable(
        `no engine is called "${choice}"; choose ${offers.map((o) => o.name).join(', ')} or auto`,
      );
    }
    return offer.start();
  }
  const reasons: string[] = [];
  for (const offer of offers) {
    if (offer.name === 'webgpu' || offer.name === 'webgl') continue;
    try {
      return await offer.start();
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      reasons.push(`${offer.name}: ${error.message}`);
    }
  }
  throw new EngineUnavailable(`no engine can be used here. ${reasons.join(' ')}`);
}

/** Tries every engine in turn, says which can be used here and why the others cannot, and puts back the active one. */
export async function probeEngines(): Promise<readonly EngineProbe[]> {
  const active = tf.getBackend();
  const probes: EngineProbe[] = [];
  for (const { name, start } of offers) {
    try {
      const info = await start();
      probes.push({ name, usable: true, reason: `${info.variant}, version ${info.version}`, info });
    } catch (error) {
      probes.push({ name, usable: false, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  if (active) await tf.setBackend(active);
  return probes;
}
