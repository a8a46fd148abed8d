import { loadEmbedded } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import { buildSpec, runExperiment } from '@engram/experiment';

/** The run of browser-engine.test.ts, on the WebAssembly engine; the hash of its weights becomes a global when it ends. */
const { spec } = buildSpec({
  preset: 'split-mnist',
  data: 'digits',
  strategy: 'ewc+er',
  scenario: 'class',
  iterations: 30,
  hidden: [40, 20],
});
const environment = {
  engine: await useEngine('wasm'),
  loadDataset: () => loadEmbedded('digits'),
  software: { version: 'test', commit: null },
};
for await (const event of runExperiment(spec, { seed: 1, environment })) {
  if (event.type !== 'finished') continue;
  Object.assign(globalThis, { weightsHash: event.record.weightsHash });
}
