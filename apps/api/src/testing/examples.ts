import type { ExperimentSpec } from '@engram/contracts';

/** A small experiment on the digits that are shipped; `iterations` decides how long it takes. */
export const smallSpec = (iterations = 10, change: Partial<ExperimentSpec> = {}): ExperimentSpec => ({
  version: 'engram.experiment/1',
  data: { source: 'named', dataset: 'digits', size: 'full' },
  stream: { kind: 'split', tasks: 5, classOrder: 'seeded' },
  scenario: 'task',
  heads: 'multi',
  activeClasses: 'all',
  model: { kind: 'mlp', hidden: [16] },
  optimizer: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, resetPerTask: false },
  training: { iterations, batchSize: 8 },
  evaluation: { examples: 'all' },
  strategies: [],
  ...change,
});
