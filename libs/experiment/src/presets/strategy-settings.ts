import type { StrategyName } from '@engram/contracts';
import { brainInspired, neuromodulated, ours, streamingLda, threeTypes, usual } from './sourced.ts';
import type { Settings, Sourced } from './sourced.ts';

/** The hyper-parameters that depend on the benchmark and the scenario. */
export interface Tuned {
  readonly ewcLambda: Sourced<number>;
  readonly fisherExamples: Sourced<number | 'all'>;
  readonly l2Lambda: Sourced<number>;
  readonly siC: Sourced<number>;
  readonly gatedFraction: Sourced<number>;
  readonly erPerClass: Sourced<number>;
  /** Stored examples in all, for buffers that fill while training goes on. */
  readonly reservoir: Sourced<number>;
  readonly lwfWeighting: Sourced<'per-task' | 'once'>;
  readonly birGatedFraction: Sourced<number>;
  readonly birGateBy: Sourced<'class' | 'task'>;
  /** Where generators do not make pixels. */
  readonly generatedValues?: Sourced<'real'>;
}

/** Every strategy's settings, from those that are tuned and those that are the same everywhere. */
export function strategySettings(tuned: Tuned): Readonly<Record<StrategyName, Settings>> {
  const fisher = {
    'fisher.estimator': threeTypes('exact'),
    'fisher.examples': tuned.fisherExamples,
    'fisher.batchSize': usual(128),
  };
  const generated = tuned.generatedValues === undefined ? {} : { values: tuned.generatedValues };
  return {
    joint: {},
    cumulative: {},
    l2: { lambda: tuned.l2Lambda, anchors: ours('all') },
    ewc: { lambda: tuned.ewcLambda, ...fisher },
    'online-ewc': { lambda: tuned.ewcLambda, decay: threeTypes(1), ...fisher },
    si: { c: tuned.siC, damping: threeTypes(0.1), gradient: threeTypes('total'), negative: threeTypes('keep') },
    xdg: {
      gatedFraction: tuned.gatedFraction,
      kind: usual('random'),
      subnetworks: usual(5),
      position: ours('after-activation'),
    },
    er: {
      buffer: threeTypes('per-class'),
      capacity: tuned.erPerClass,
      batchSize: threeTypes('same'),
      weighting: threeTypes('by-task'),
    },
    lwf: { weighting: tuned.lwfWeighting },
    agem: { capacity: tuned.erPerClass, batchSize: threeTypes('same') },
    der: { alpha: ours(0.3), buffer: usual('reservoir'), capacity: tuned.reservoir, batchSize: usual('same') },
    derpp: {
      alpha: ours(0.2),
      beta: ours(0.5),
      buffer: usual('reservoir'),
      capacity: tuned.reservoir,
      batchSize: usual('same'),
    },
    dgr: { latent: threeTypes(100), batchSize: threeTypes('same'), distill: threeTypes(false), ...generated },
    bir: {
      latent: brainInspired(100),
      batchSize: brainInspired('same'),
      distill: brainInspired(true),
      feedback: brainInspired(true),
      conditional: brainInspired(true),
      gatedFraction: tuned.birGatedFraction,
      gateBy: tuned.birGateBy,
      ...generated,
    },
    icarl: { capacity: threeTypes(100) },
    'generative-classifier': { hidden: threeTypes([85, 85]), latent: threeTypes(5), samples: threeTypes(50) },
    slda: { shrinkage: streamingLda(1e-4) },
    ncm: {},
    naca: {
      neuron: neuromodulated('sigmoid'),
      mask: neuromodulated('batch'),
      maskMargin: neuromodulated(0.2),
      mean: neuromodulated(0.1307),
      deviation: neuromodulated(0.3081),
      steps: neuromodulated(20),
    },
    sleep: {
      downscaling: ours('by-importance'),
      strength: ours(0.1),
      ceiling: ours(1),
      replaySteps: ours(0),
      batchSize: ours(128),
    },
    'separate-networks': {},
  };
}
