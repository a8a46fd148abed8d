import { diagonalFisher, lesioned, networkAccuracy } from '@engram/cl-core';
import type { Lesion, Params } from '@engram/cl-core';
import type { Dataset } from '@engram/datasets';
import * as tf from '@engram/engine/tf';
import { createRng } from '@engram/random';
import { buildModel, buildStrategies, buildTaskStream } from './build.ts';
import { SpecError } from './errors.ts';
import type { TrainedModel } from './trained-model.ts';

export interface LesionOptions {
  readonly target: Lesion['target'];
  readonly shares: readonly number[];
  readonly remaining: number;
  /** Test examples of each task. */
  readonly examples: number;
  /** Aborting ends the study after the lesion at hand. */
  readonly signal?: AbortSignal;
}

/** What a trained learner still knows after a lesion. */
export interface LesionResult {
  readonly which: Lesion['which'];
  readonly share: number;
  /** Of each task. */
  readonly accuracies: readonly number[];
}

export const lesionKinds: readonly Lesion['which'][] = ['random', 'least-important', 'most-important'];

/** Training examples of each task from which the importance of its weights is estimated. */
const forImportance = 500;

/**
 * Removes or decays more and more of a trained network's weights or hidden units, at random, the least or the most
 * important first, and measures recall after each lesion. Importance: empirical Fisher information, summed over the tasks. The data and the
 * seed are those that the model was trained with. Throws SpecError `impossible` for a learner whose answers are not a network's logits.
 */
export async function* lesionStudy(
  { info, networks }: TrainedModel,
  dataset: Dataset,
  { target, shares, remaining, examples, signal }: LesionOptions,
): AsyncGenerator<LesionResult> {
  const { spec, seed } = info;
  const other = buildStrategies(spec.strategies).find(
    ({ classifier, withoutNetwork }) => classifier !== undefined || withoutNetwork !== undefined,
  );
  if (other !== undefined) {
    throw new SpecError(
      'impossible',
      `Lesions are made in a network that answers by its logits, but ${other.name} answers in another way. Choose a run of another strategy (ewc, er, dgr …).`,
    );
  }
  const rng = createRng(seed);
  const stream = buildTaskStream(spec, dataset, rng.fork('stream'), seed);
  const model = buildModel(spec, stream);
  const sets = networks.weights.map((weights): Params =>
    Object.fromEntries(
      Object.entries(weights).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])] as const),
    ),
  );
  const tasks = stream.tasks.flatMap((task) => {
    const network = networks.tasks[task.index];
    return network === undefined ? [] : [{ ...task, network }];
  });
  const gatesOf = (network: (typeof tasks)[number]['network']) =>
    network.gates && {
      layers: network.gates.layers.map((layer) => tf.tensor1d(layer)),
      position: network.gates.position,
    };
  const importances = sets.map((params, n) =>
    tasks
      .filter(({ network }) => network.weights === n)
      .reduce<Params>((sum, { index, train, network }) => {
        const own = rng.fork('lesion').fork(index);
        const subject = { model, params, examples: train, units: stream.trainingUnits(index, index), rng: own };
        const added = tf.tidy(() => {
          const fisher = diagonalFisher(
            { ...subject, gates: gatesOf(network) },
            { estimator: 'empirical', examples: forImportance, batchSize: 128 },
          );
          return Object.fromEntries(
            Object.entries(fisher).map(
              ([name, value]) => [name, sum[name] ? tf.add(sum[name], value) : value] as const,
            ),
          );
        });
        tf.dispose({ ...sum });
        return added;
      }, {}),
  );
  try {
    for (const share of shares) {
      for (const which of lesionKinds) {
        if (signal?.aborted) return;
        const own = rng.fork('lesion').fork(which);
        const damaged = sets.map((params, n) =>
          lesioned(params, importances[n] ?? params, { target, which, share, remaining }, own.fork(n)),
        );
        const accuracies: number[] = [];
        for (const { index, test, network } of tasks) {
          const params = damaged[network.weights] ?? {};
          const at = { units: stream.testUnits(index), gates: () => gatesOf(network), count: examples };
          accuracies.push(await networkAccuracy(model, params, test, at));
        }
        tf.dispose(damaged.map((params) => ({ ...params })));
        yield { which, share, accuracies };
      }
    }
  } finally {
    tf.dispose([...sets, ...importances].map((params) => ({ ...params })));
  }
}
