import { shippedFeatures } from '@engram/contracts';
import type { DatasetName, Scenario } from '@engram/contracts';
import { brainInspired, ours, threeTypes, usual } from './sourced.ts';
import type { PresetDefinition, Settings } from './sourced.ts';
import { strategySettings } from './strategy-settings.ts';
import type { Tuned } from './strategy-settings.ts';

/** Photographs as features of frozen convolutional layers, so that replay is internal (protocol of van de Ven et al. 2020). */
const settings = (dataset: DatasetName, tasks: number): Settings => ({
  'data.source': usual('named'),
  'data.dataset': usual(dataset),
  'data.size': usual('full'),
  'data.features': ours(shippedFeatures),
  'stream.kind': brainInspired('split'),
  'stream.tasks': brainInspired(tasks),
  'stream.classOrder': brainInspired('seeded'),
  heads: brainInspired('multi'),
  activeClasses: brainInspired('all'),
  'model.kind': brainInspired('mlp'),
  'model.hidden': brainInspired([2000, 2000]),
  'optimizer.kind': brainInspired('adam'),
  'optimizer.learningRate': brainInspired(0.0001),
  'optimizer.beta1': brainInspired(0.9),
  'optimizer.beta2': brainInspired(0.999),
  'optimizer.epsilon': usual(1e-8),
  'optimizer.resetPerTask': brainInspired(false),
  'training.iterations': brainInspired(5000),
  'training.batchSize': brainInspired(256),
  'evaluation.examples': brainInspired('all'),
});

const tuned: Readonly<Record<Scenario, Tuned>> = {
  task: {
    ewcLambda: threeTypes(1000),
    siC: threeTypes(100),
    gatedFraction: threeTypes(0.85),
    birGatedFraction: threeTypes(0),
    ...sameEverywhere('per-task'),
  },
  domain: {
    ewcLambda: threeTypes(1000),
    siC: threeTypes(500),
    gatedFraction: threeTypes(0.85),
    birGatedFraction: threeTypes(0.5),
    ...sameEverywhere('per-task'),
  },
  class: {
    ewcLambda: threeTypes(100),
    siC: threeTypes(5),
    gatedFraction: threeTypes(0.85),
    birGatedFraction: threeTypes(0.7),
    ...sameEverywhere('once'),
  },
};

function sameEverywhere(lwf: 'per-task' | 'once') {
  return {
    fisherExamples: ours(1000),
    l2Lambda: ours(0.1),
    erPerClass: ours(20),
    reservoir: ours(2000),
    lwfWeighting: threeTypes(lwf),
    birGateBy: brainInspired('class'),
    generatedValues: brainInspired('real'),
  } as const satisfies Partial<Tuned>;
}

const photographs = (
  dataset: DatasetName,
  tasks: number,
  words: Pick<PresetDefinition, 'name' | 'title' | 'summary'>,
): PresetDefinition => ({
  ...words,
  scenarios: ['task', 'domain', 'class'],
  defaultScenario: 'class',
  settings: () => settings(dataset, tasks),
  strategies: (scenario) => strategySettings(tuned[scenario]),
});

export const splitCifar100 = photographs('cifar100', 10, {
  name: 'split-cifar100',
  title: 'Split CIFAR-100',
  summary: 'A hundred kinds of photographs in ten tasks, as features of convolutional layers trained on CIFAR-10.',
});

/** The layers have seen these very pictures with their labels: an easier problem than Split CIFAR-100. */
export const splitCifar10 = photographs('cifar10', 5, {
  name: 'split-cifar10',
  title: 'Split CIFAR-10',
  summary: 'Ten kinds of photographs in five tasks, as features of layers that were trained on the same photographs.',
});
