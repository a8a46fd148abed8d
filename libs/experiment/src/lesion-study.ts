import { diagonalFisher, lesioned, networkAccuracy } from '@engram/cl-core';
import type { FisherSubject, Gates, Lesion, Params } from '@engram/cl-core';
import type { Dataset } from '@engram/datasets';
import * as tf from '@engram/engine/tf';
import { createRng } from '@engram/random';
import { buildModel, buildStrategies, buildTaskStream } from './build.ts';
import { SpecError } from './errors.ts';
import type { TrainedModel } from './trained-model.ts';

export interface LesionOptions {
  readonly target: Lesion['target'];
  readonly shares: readonly number[];
  /** What is left of a weight that is hit: 0 removes it. */
  readonly remaining: number;
  /** Test examples of each task. */
  readonly examples: number;
  /** Aborting ends the study after the lesion at hand. */
  readonly signal?: AbortSignal;
}

/** What a trained learner still knows after a lesion. */
export interface LesionResult {
  readonly which: Lesion['which'] | 'intact';
  readonly share: number;
  /** Of each task. */
  readonly accuracies: readonly number[];
}

const lesionKinds: readonly Lesion['which'][] = ['random', 'least-important', 'most-important'];

/** Training examples of each task from which the importance of its weights is estimated. */
const forImportance = 500;

/**
 * Removes or decays more and more of a trained network's weights or hidden units, at random, the least or the most
 * important first, and measures recall before and after each lesion. Importance: empirical Fisher information, summed over the tasks that the
 * weights answer for. `dataset` is the one that the model was trained on. Throws SpecError `impossible` for a learner
 * whose answers are not a network's logits, and for other data.
 */
export async function* lesionStudy(
  { info, networks }: TrainedModel,
  dataset: Dataset,
  { target, shares, remaining, examples, signal }: LesionOptions,
): AsyncGenerator<LesionResult> {
  const { spec, seed } = info;
  requireLogits(spec);
  if (dataset.hash !== info.data.hash) {
    throw new SpecError(
      'impossible',
      `This network was trained on ${info.data.name} ${info.data.variant}, whose contents have changed since: expected the hash ${info.data.hash}, found ${dataset.hash}. Train it again.`,
    );
  }
  const rng = createRng(seed);
  const stream = buildTaskStream(spec, dataset, rng.fork('stream'), seed);
  const model = buildModel(spec, stream);
  const tasks = stream.tasks.flatMap((task) => {
    const network = networks.tasks[task.index];
    return network === undefined ? [] : [{ ...task, ...network }];
  });
  const sets = networks.weights.map((weights): Params =>
    Object.fromEntries(
      Object.entries(weights).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])] as const),
    ),
  );
  const importances = sets.map((params, n) =>
    tf.tidy(() => {
      const fishers = tasks
        .filter(({ weights }) => weights === n)
        .map((task) =>
          importanceOf({
            model,
            params,
            examples: task.train,
            units: stream.trainingUnits(task.index, task.index),
            gates: gatesOf(task),
            rng: rng.fork('importance').fork(task.index),
          }),
        );
      return sumOf(fishers);
    }),
  );
  const recall = async (own: readonly Params[]): Promise<number[]> => {
    const accuracies: number[] = [];
    for (const task of tasks) {
      const at = { units: stream.testUnits(task.index), gates: () => gatesOf(task), count: examples };
      accuracies.push(await networkAccuracy(model, own[task.weights] ?? {}, task.test, at));
    }
    return accuracies;
  };
  try {
    yield { which: 'intact', share: 0, accuracies: await recall(sets) };
    for (const share of shares) {
      for (const which of lesionKinds) {
        if (signal?.aborted) return;
        const damaged = sets.map((params, n) =>
          lesioned(
            params,
            importances[n] ?? {},
            { target, which, share, remaining },
            rng.fork('lesion').fork(which).fork(n),
          ),
        );
        try {
          yield { which, share, accuracies: await recall(damaged) };
        } finally {
          disposeAll(damaged);
        }
      }
    }
  } finally {
    disposeAll([...sets, ...importances]);
  }
}

function requireLogits(spec: TrainedModel['info']['spec']): void {
  const other = buildStrategies(spec.strategies).find(
    ({ classifier, withoutNetwork }) => classifier !== undefined || withoutNetwork !== undefined,
  );
  if (other === undefined) return;
  throw new SpecError(
    'impossible',
    `Lesions are made in a network that answers by its logits, but ${other.name} answers in another way. Choose a run of another strategy (ewc, er, dgr …).`,
  );
}

const importanceOf = (subject: FisherSubject): Params =>
  diagonalFisher(subject, { estimator: 'empirical', examples: forImportance, batchSize: 128 });

const sumOf = ([first = {}, ...others]: readonly Params[]): Params =>
  Object.fromEntries(
    Object.entries(first).map(([name, value]) => [
      name,
      others.reduce((sum, other) => tf.add(sum, other[name] ?? 0), value),
    ]),
  );

/** The gates of a task as tensors of the current scope. */
const gatesOf = ({ gates }: TrainedModel['networks']['tasks'][number]): Gates | undefined =>
  gates && { layers: gates.layers.map((layer) => tf.tensor1d(layer)), position: gates.position };

const disposeAll = (sets: readonly Params[]): void => {
  for (const params of sets) tf.dispose(Object.values(params));
};
