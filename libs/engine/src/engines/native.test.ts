import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { ownEngines } from '../testing.ts';

/** One convolution whose scratch memory is the padded picture: 2048 × 2048 × 4 floats, 64 MB. */
const script = `
  const { createRequire } = require('node:module');
  const { workerData } = require('node:worker_threads');
  const kernels = createRequire(workerData)('../../build/engram.node');
  const side = 2048;
  const window = Int32Array.of(1, side, side, 4, 1, 1, 1, 1, 1, side, side, 0, 0, side - 1, side - 1);
  window[7] = window[8] = 2;
  kernels.convolution(new Float32Array(1), new Float32Array(side * side * 4), new Float32Array(16), null, 0, window);
`;

it.skipIf(!ownEngines.includes('native'))('gives back the memory of a worker thread when the thread ends', async () => {
  const run = async (): Promise<void> => {
    await once(new Worker(script, { eval: true, workerData: import.meta.url }), 'exit');
  };
  await run();
  const before = process.memoryUsage.rss();
  for (let i = 0; i < 8; i++) await run();
  expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(256);
});
