import * as tf from '#tf';

import { EngineUnavailable } from './engine.ts';
import type { EngineInfo, EngineName, EngineOffer } from './engine.ts';

/** Makes a registered TensorFlow.js backend active, or says that it does not start here. */
export const activate = async (backend: string, advice: string): Promise<void> => {
  let started = false;
  try {
    started = await tf.setBackend(backend);
    await tf.ready();
  } catch (error) {
    throw new EngineUnavailable(`the ${backend} backend did not start: ${String(error)}. ${advice}`, { cause: error });
  }
  if (!started) throw new EngineUnavailable(`the ${backend} backend did not start. ${advice}`);
};

const stockInfo = (name: EngineName, variant: string, synchronousReads: boolean): EngineInfo => ({
  name,
  variant,
  version: tf.version_core,
  synchronousReads,
});

/** TensorFlow.js' own JavaScript kernels: slow, everywhere. */
export const cpuOffer: EngineOffer = {
  name: 'cpu',
  start: async () => {
    // whoever chooses this engine needs no notice about a faster package
    Object.assign(tf.findBackend('cpu'), { firstUse: false });
    await activate('cpu', 'Choose another engine.');
    return stockInfo('cpu', 'javascript', true);
  },
};

/** An engine that exists only elsewhere. */
export const absentOffer = (name: EngineName, why: string): EngineOffer => ({
  name,
  start: () => Promise.reject(new EngineUnavailable(why)),
});
