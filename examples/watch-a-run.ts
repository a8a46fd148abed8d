/**
 * A whole experiment from a preset, watched event by event and stopped half-way, then resumed to the same weights.
 * Run it with `node examples/watch-a-run.ts`.
 */
import { loadEmbedded } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import { buildSpec, runExperiment } from '@engram/experiment';
import type { Environment } from '@engram/experiment';

const { spec } = buildSpec({
  preset: 'split-mnist',
  scenario: 'class',
  strategy: 'er',
  data: 'digits',
  iterations: 60,
  hidden: [50],
});
const environment: Environment = {
  engine: await useEngine('auto'),
  loadDataset: () => loadEmbedded('digits'),
  software: { version: 'example', commit: null },
};

const stop = new AbortController();
let checkpoint: Uint8Array | undefined;
const saveCheckpoint = (bytes: Uint8Array): Promise<void> => {
  checkpoint = bytes;
  return Promise.resolve();
};
for await (const event of runExperiment(spec, { seed: 1, environment, signal: stop.signal, saveCheckpoint })) {
  if (event.type === 'evaluated') {
    console.log(`after ${event.tasksLearned} tasks: ${event.accuracies.map((a) => Math.round(100 * a)).join(' ')}`);
    if (event.tasksLearned === 3) stop.abort();
  }
}
if (checkpoint === undefined) throw new Error('no checkpoint was saved');

const weights: string[] = [];
for (const options of [{ resumeFrom: checkpoint }, {}]) {
  for await (const event of runExperiment(spec, { seed: 1, environment, ...options })) {
    if (event.type === 'finished') weights.push(event.record.weightsHash);
  }
}
console.log(`resumed ${weights[0]?.slice(0, 12) ?? ''}, never stopped ${weights[1]?.slice(0, 12) ?? ''}`);
if (weights[0] !== weights[1]) throw new Error('a resumed run should end with the same weights');
