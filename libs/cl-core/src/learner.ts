import { softmaxCrossEntropy } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import type { Batch, TaskExamples, TaskStream, UnitRange } from '@engram/datasets';
import type { Rng } from '@engram/random';
import { joinBatches, learningBatch } from './batch.ts';
import type { LearningBatch } from './batch.ts';
import { decodeState, encodeState, weightsHash } from './checkpoint.ts';
import { ClError } from './errors.ts';
import { accuracy } from './evaluate.ts';
import { columns } from './model.ts';
import type { Gates, Model } from './model.ts';
import type { Optimizer } from './optimizers.ts';
import { paramList, paramsFrom } from './params.ts';
import type { Params } from './params.ts';
import { advance, disposeState } from './state.ts';
import type { GateMasks, Strategy } from './strategies/strategy.ts';

/** Which output units take part, as a scenario defines it; a task stream is one. */
export interface Outputs {
  readonly scenario: TaskStream['scenario'];
  /** Units in the loss for rows of `task` while `current` is trained. */
  trainingUnits(task: number, current: number): UnitRange;
  /** Units among which the answer is looked for at test. */
  testUnits(task: number): UnitRange;
}

export interface LearnerOptions {
  readonly model: Model;
  readonly optimizer: Optimizer;
  /** None of them is plain training. */
  readonly strategies: readonly Strategy[];
  readonly outputs: Outputs;
  /** Same generator, same weights: everything random is a named fork of it. */
  readonly rng: Rng;
}

/** A network that learns one task after another. It owns all its tensors. */
export interface Learner {
  /** Starts a task, counted from 0. */
  beginTask(task: number): void;
  /** One training step on rows of the current task; gives the data loss, which the caller disposes of. */
  step(batches: readonly Batch[]): tf.Scalar;
  /** Ends a task that another follows; `examples` are its training data. */
  consolidate(task: number, examples: TaskExamples): void;
  /** Test accuracy as a fraction, over the first `count` examples (default: all). */
  accuracy(task: number, examples: TaskExamples, count?: number): Promise<number>;
  /** Everything that decides how training goes on, as bytes. */
  save(): Promise<Uint8Array<ArrayBuffer>>;
  /** Puts back what `save` gave, into a learner made with the same options. */
  load(bytes: Uint8Array): Promise<void>;
  /** SHA-256 over names, shapes and bytes of the weights. */
  weightsHash(): Promise<string>;
  dispose(): void;
}

interface LearnerState {
  readonly task: number;
  /** Steps done in this task. */
  readonly iteration: number;
  readonly params: Params;
  readonly optimizer: unknown;
  /** In the order of the strategies. */
  readonly strategies: readonly unknown[];
}

/** Throws ClError `duplicate-strategy`, `cannot-combine` or `needs-task-id` as `requireCompatible` does. */
export function createLearner({ model, optimizer, strategies, outputs, rng }: LearnerOptions): Learner {
  requireCompatible(strategies, outputs.scenario);
  let state: LearnerState = advance(undefined, () => {
    const params = model.init(rng.fork('weights'));
    return {
      next: {
        task: 0,
        iteration: 0,
        params,
        optimizer: optimizer.init(params),
        strategies: strategies.map((strategy) => strategy.init({ model, params })),
      },
      result: undefined,
    };
  }).next;
  const masks = new Map<number, GateMasks | undefined>();
  const gated = strategies.some((strategy) => strategy.gate !== undefined);

  const rngOf = (strategy: Strategy, ...path: readonly (string | number)[]): Rng =>
    path.reduce<Rng>((fork, label) => fork.fork(label), rng.fork(strategy.name));

  /** The gates of a task as tensors of the current scope; the masks are drawn once. */
  const gatesOf = (task: number): Gates | undefined => {
    if (!masks.has(task)) {
      const drawn = strategies.flatMap((strategy, i) => {
        const mask = strategy.gate?.(state.strategies[i], task, rngOf(strategy, 'gate', task));
        return mask === undefined ? [] : [mask];
      });
      masks.set(task, drawn[0]);
    }
    const mask = masks.get(task);
    return mask && { layers: mask.layers.map((layer) => tf.tensor1d(layer)), position: mask.position };
  };

  /** Σ_b w̄_b L_b with the weights normalised to sum 1, and its gradient. */
  const dataGradient = (batches: readonly LearningBatch[]): { readonly value: tf.Scalar; readonly grads: Params } => {
    const total = batches.reduce((sum, { weight }) => sum + weight, 0);
    const gates = batches.map(({ task }) => gatesOf(task));
    const loss = (...tensors: tf.Tensor[]): tf.Scalar => {
      const params = paramsFrom(tensors, state.params);
      const terms = batches.map(({ x, targets, units, weight }, i) => {
        const mean = softmaxCrossEntropy(columns(model.logits(params, x, gates[i]), units), targets);
        return batches.length === 1 ? mean : tf.mul<tf.Scalar>(mean, weight / total);
      });
      return terms.reduce((sum, term) => tf.add<tf.Scalar>(sum, term));
    };
    const { value, grads } = tf.valueAndGrads(loss)(paramList(state.params));
    return { value: value, grads: paramsFrom(grads, state.params) };
  };

  const stepOnce = (batches: readonly Batch[]): { next: LearnerState; result: tf.Scalar } => {
    const { task, iteration, params } = state;
    const unitsOf = (of: number): UnitRange => outputs.trainingUnits(of, task);
    const batchSize = batches.reduce((sum, { rows }) => sum + rows.length, 0);
    const current = batches.map((batch) => learningBatch(batch, unitsOf(batch.task), batch.rows.length / batchSize));
    const rehearsed = strategies.flatMap(
      (strategy, i) =>
        strategy.rehearse?.(state.strategies[i], {
          task,
          batchSize,
          unitsOf,
          rng: rngOf(strategy, 'rehearse', task, iteration),
        }) ?? [],
    );
    const { value, grads } = dataGradient(joinBatches([...current, ...rehearsed], gated));
    const totalGrads = strategies.reduce(
      (sum, strategy, i) => strategy.penalty?.(state.strategies[i]).addGradient(sum, params) ?? sum,
      grads,
    );
    const updated = optimizer.update(state.optimizer, params, totalGrads);
    const next: LearnerState = {
      task,
      iteration: iteration + 1,
      params: updated.params,
      optimizer: updated.state,
      strategies: strategies.map((strategy, i) => {
        const own = state.strategies[i];
        if (strategy.observe === undefined) return own;
        return strategy.observe(own, {
          task,
          batches,
          dataGrads: grads,
          totalGrads,
          before: params,
          after: updated.params,
          rng: rngOf(strategy, 'observe', task, iteration),
        });
      }),
    };
    return { next, result: value };
  };

  /** Runs a change of state and takes it over. */
  const change = <Result>(compute: () => { next: LearnerState; result: Result }): Result => {
    const { next, result } = advance(state, compute);
    state = next;
    return result;
  };

  return {
    beginTask: (task) => {
      change(() => {
        const own = strategies
          .map((strategy, i) =>
            strategy.begin?.(state.strategies[i], { task, model, rng: rngOf(strategy, 'begin', task) }),
          )
          .find((started) => started !== undefined);
        const params = own ?? state.params;
        const fresh = own !== undefined || (optimizer.resetPerTask && task > 0);
        const next = { ...state, task, iteration: 0, params };
        return { next: fresh ? { ...next, optimizer: optimizer.init(params) } : next, result: undefined };
      });
    },
    step: (batches) => change(() => stepOnce(batches)),
    consolidate: (task, examples) => {
      change(() => {
        const ended = strategies.map(
          (strategy, i) =>
            strategy.consolidate?.(state.strategies[i], {
              task,
              model,
              params: state.params,
              examples,
              units: outputs.trainingUnits(task, task),
              gates: gatesOf(task),
              rng: rngOf(strategy, 'consolidate', task),
            }) ?? state.strategies[i],
        );
        return { next: { ...state, strategies: ended }, result: undefined };
      });
    },
    accuracy: async (task, examples, count = examples.count) => {
      const params = strategies.reduce(
        (own, strategy, i) => strategy.recall?.(state.strategies[i], own, task) ?? own,
        state.params,
      );
      const gates = gatesOf(task);
      try {
        return await accuracy(model, params, examples, { units: outputs.testUnits(task), gates, count });
      } finally {
        disposeState(gates);
      }
    },
    save: () => encodeState({ strategies: names(strategies), state }),
    load: async (bytes) => {
      const saved = (await decodeState(bytes)) as {
        readonly strategies: readonly string[];
        readonly state: LearnerState;
      };
      const expected = describe(names(strategies), state.params);
      const found = describe(saved.strategies, saved.state.params);
      if (expected !== found) {
        disposeState(saved);
        throw new ClError(
          'other-learner',
          `This checkpoint belongs to another learner: expected ${expected}, found ${found}. Build the learner with the options it was saved with.`,
        );
      }
      disposeState(state);
      state = saved.state;
    },
    weightsHash: () => weightsHash(state.params),
    dispose: () => disposeState(state),
  };
}

const names = (strategies: readonly Strategy[]): readonly string[] => strategies.map(({ name }) => name);

const describe = (strategies: readonly string[], params: Params): string => {
  const shapes = Object.entries(params).map(([name, { shape }]) => `${name} [${shape.join(',')}]`);
  return `${strategies.join(' + ') || 'no strategy'} with weights ${shapes.join(', ')}`;
};

/** Throws ClError for strategies that contradict each other or the scenario. */
export function requireCompatible(strategies: readonly Strategy[], scenario: TaskStream['scenario']): void {
  const listed = names(strategies);
  const twice = listed.find((name, i) => listed.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new ClError(
      'duplicate-strategy',
      `${twice} is listed twice in ${listed.join('+')}. List each strategy once.`,
    );
  }
  const alone = strategies.find(({ standsAlone }) => standsAlone);
  if (alone !== undefined && strategies.length > 1) {
    throw new ClError(
      'cannot-combine',
      `${alone.name} replaces the whole way of training, so it cannot be combined, but ${listed.join('+')} was asked for. Run ${alone.name} alone and compare.`,
    );
  }
  const gating = strategies.filter(({ gate }) => gate !== undefined);
  if (gating.length > 1) {
    throw new ClError('cannot-combine', `${names(gating).join(' and ')} both gate the hidden units. Keep one of them.`);
  }
  const told = strategies.find(({ requiresTask }) => requiresTask);
  if (told !== undefined && scenario !== 'task') {
    const instead = scenario === 'class' ? 'there the task is just what has to be found out' : 'there nobody tells it';
    throw new ClError(
      'needs-task-id',
      `${told.name} must be told the task, at test time too, but the ${scenario} scenario was chosen: ${instead}. Choose the task scenario, or a strategy that works without (er, ewc, si).`,
    );
  }
}
