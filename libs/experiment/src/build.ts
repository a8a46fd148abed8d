import {
  adam,
  agem,
  brainInspiredReplay,
  createLearner,
  cumulative,
  darkExperienceReplay,
  deepGenerativeReplay,
  ewc,
  experienceReplay,
  generativeClassifier,
  icarl,
  joint,
  l2,
  lwf,
  mlp,
  naca,
  ncm,
  onlineEwc,
  separateNetworks,
  sgd,
  si,
  slda,
  sleep,
  xdg,
} from '@engram/cl-core';
import type { Learner, Model, Optimizer, Strategy } from '@engram/cl-core';
import type { ExperimentSpec, OptimizerSpec, StrategyName, StrategySpec } from '@engram/contracts';
import { permutedTasks, rotatedTasks, splitTasks, withTaskInput } from '@engram/datasets';
import type { Dataset, TaskStream } from '@engram/datasets';
import { createRng } from '@engram/random';
import type { Rng } from '@engram/random';

/** How to make each strategy; the compiler points out a missing row. */
const strategyBuilders: { readonly [Name in StrategyName]: (spec: Extract<StrategySpec, { name: Name }>) => Strategy } =
  {
    joint: () => joint(),
    cumulative: () => cumulative(),
    l2: (spec) => l2(spec),
    ewc: (spec) => ewc(spec),
    'online-ewc': (spec) => onlineEwc(spec),
    si: (spec) => si(spec),
    xdg: (spec) => xdg(spec),
    er: (spec) => experienceReplay(spec),
    lwf: (spec) => lwf(spec),
    agem: (spec) => agem(spec),
    der: (spec) => darkExperienceReplay(spec),
    derpp: (spec) => darkExperienceReplay(spec),
    dgr: (spec) => deepGenerativeReplay(spec),
    bir: (spec) => brainInspiredReplay(spec),
    icarl: (spec) => icarl(spec),
    'generative-classifier': (spec) => generativeClassifier(spec),
    slda: (spec) => slda(spec),
    ncm: () => ncm(),
    naca: (spec) => naca(spec),
    sleep: (spec) => sleep(spec),
    'separate-networks': () => separateNetworks(),
  };

export const buildStrategies = (specs: readonly StrategySpec[]): readonly Strategy[] =>
  specs.map((spec) => {
    // the table pairs each name with the builder of the same name, which TypeScript cannot follow through a lookup
    const build = strategyBuilders[spec.name] as (spec: StrategySpec) => Strategy;
    return build(spec);
  });

const buildOptimizer = (spec: OptimizerSpec): Optimizer => (spec.kind === 'adam' ? adam(spec) : sgd(spec));

function buildStream(spec: ExperimentSpec, dataset: Dataset, rng: Rng, seed: number): TaskStream {
  const { scenario, heads, activeClasses, stream } = spec;
  const common = { tasks: stream.tasks, scenario, heads, activeClasses, rng };
  switch (stream.kind) {
    case 'split': {
      const natural = stream.classOrder === 'natural' || seed === 0;
      return splitTasks(dataset, { ...common, classOrder: natural ? 'natural' : 'seeded' });
    }
    case 'permuted':
      return permutedTasks(dataset, { ...common, padTo: stream.padTo, firstTask: stream.firstTask });
    case 'rotated':
      return rotatedTasks(dataset, { ...common, maxDegrees: stream.maxDegrees });
  }
}

const modelKinds = {
  mlp: { activation: 'relu', biases: true },
  'sigmoid-mlp': { activation: 'sigmoid', biases: false },
} as const satisfies Record<ExperimentSpec['model']['kind'], object>;

type Curriculum = NonNullable<Strategy['curriculum']>;

export const buildModel = ({ model }: ExperimentSpec, { inputSize, outputUnits }: TaskStream): Model =>
  mlp({ inputs: inputSize, hidden: model.hidden, outputs: outputUnits, ...modelKinds[model.kind] });

/** The tasks as the network meets them. */
export function buildTaskStream(spec: ExperimentSpec, dataset: Dataset, rng: Rng, seed: number): TaskStream {
  const drawn = buildStream(spec, dataset, rng, seed);
  return spec.taskInput ? withTaskInput(drawn) : drawn;
}

export interface ExperimentParts {
  readonly stream: TaskStream;
  readonly learner: Learner;
  readonly curriculum: Curriculum;
  /** For what is drawn outside the learner: the order of the examples. */
  readonly rng: Rng;
}

/** The parts of a run. Throws ClError or DataError where the specification and the data do not fit together. */
export function buildExperiment(spec: ExperimentSpec, dataset: Dataset, seed: number): ExperimentParts {
  const rng = createRng(seed);
  const stream = buildTaskStream(spec, dataset, rng.fork('stream'), seed);
  const strategies = buildStrategies(spec.strategies);
  const learner = createLearner({
    model: buildModel(spec, stream),
    optimizer: buildOptimizer(spec.optimizer),
    strategies,
    outputs: stream,
    rng: rng.fork('learner'),
  });
  const curriculum = strategies.find((strategy) => strategy.curriculum !== undefined)?.curriculum ?? 'sequential';
  return { stream, learner, curriculum, rng: rng.fork('examples') };
}
