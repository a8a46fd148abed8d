import * as tf from '@engram/engine/tf';
import type { Batch, TaskExamples, TaskStream, UnitRange } from '@engram/datasets';
import type { Rng } from '@engram/random';
import { batchFactors, batchLoss, joinBatches, learningBatch } from './batch.ts';
import type { LearningBatch } from './batch.ts';
import { decodeState, encodeState, weightsHash } from './checkpoint.ts';
import { ClError } from './errors.ts';
import { accuracy } from './evaluate.ts';
import { columns } from './model.ts';
import type { Gates, Model } from './model.ts';
import { readNetworks } from './networks.ts';
import type { TrainedNetworks } from './networks.ts';
import type { Optimizer } from './optimizers.ts';
import { paramList, paramsFrom } from './params.ts';
import type { Params } from './params.ts';
import { advance, disposeState } from './state.ts';
import type { GateMasks, PastTasks, Setup, StepContext, Strategy } from './strategies/strategy.ts';

/** Which output units take part, as a scenario defines it; a task stream is one. */
export interface Outputs {
  readonly scenario: TaskStream['scenario'];
  readonly tasks: readonly unknown[];
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
  /**
   * Test accuracy as a fraction, over the first `count` examples (default: all). `told` is the task that the learner is
   * told it is tested on (default: the true one); it decides gates and weights, the output units stay the true task's.
   */
  accuracy(task: number, examples: TaskExamples, count?: number, told?: number): Promise<number>;
  /** What it knows, to be looked at. */
  view(): LearnerView;
  /** What answers for each task, as plain numbers. */
  networks(): Promise<TrainedNetworks>;
  /** Everything that decides how training goes on, as bytes. */
  save(): Promise<Uint8Array<ArrayBuffer>>;
  /** Puts back what `save` gave, into a learner made with the same options. */
  load(bytes: Uint8Array): Promise<void>;
  /** SHA-256 over names, shapes and bytes of the weights. */
  weightsHash(): Promise<string>;
  dispose(): void;
}

/** The inside of a learner. Tensors stay the learner's own and live until its next change: read them, dispose of none. */
export interface LearnerView {
  readonly model: Model;
  readonly params: Params;
  /** State of each strategy, by name. */
  readonly strategies: ReadonlyMap<string, unknown>;
  /** Weights that strategies train beside the model's, by the strategy's name. */
  readonly weights: ReadonlyMap<string, Params>;
  /** The gates of a task, if a strategy gates. */
  masks(task: number): GateMasks | undefined;
}

interface LearnerState {
  readonly task: number;
  /** Steps done in this task. */
  readonly iteration: number;
  readonly params: Params;
  readonly optimizer: unknown;
  /** In the order of the strategies, as are the weights that they train beside the model's. */
  readonly strategies: readonly unknown[];
  readonly weights: readonly StrategyWeights[];
}

interface StrategyWeights {
  readonly params: Params;
  readonly optimizer: unknown;
}

/** Throws ClError `duplicate-strategy`, `cannot-combine` or `needs-task-id` as `requireCompatible` does. */
export function createLearner({ model, optimizer, strategies, outputs, rng }: LearnerOptions): Learner {
  requireCompatible(strategies, outputs.scenario);
  let state: LearnerState = advance(undefined, () => {
    const params = model.init(rng.fork('weights'));
    const setups = strategies.map(({ name }) => ({
      model,
      params,
      taskCount: outputs.tasks.length,
      rng: rng.fork(name).fork('init'),
    }));
    return {
      next: {
        task: 0,
        iteration: 0,
        params,
        optimizer: optimizer.init(params),
        strategies: strategies.map((strategy, i) => strategy.init(setups[i] as Setup)),
        weights: strategies.map((strategy, i) => {
          const own = strategy.weights?.(setups[i] as Setup) ?? {};
          return { params: own, optimizer: optimizer.init(own) };
        }),
      },
      result: undefined,
    };
  }).next;
  const masks = new Map<number, GateMasks | undefined>();
  const gated = strategies.some((strategy) => strategy.gate !== undefined);

  const rngOf = (strategy: Strategy, ...path: readonly (string | number)[]): Rng =>
    path.reduce<Rng>((fork, label) => fork.fork(label), rng.fork(strategy.name));

  /** The masks of a task, drawn once. */
  const masksOf = (task: number): GateMasks | undefined => {
    if (!masks.has(task)) {
      const drawn = strategies.flatMap((strategy, i) => {
        const mask = strategy.gate?.(state.strategies[i], task, rngOf(strategy, 'gate', task));
        return mask === undefined ? [] : [mask];
      });
      masks.set(task, drawn[0]);
    }
    return masks.get(task);
  };

  /** The gates of a task as tensors of the current scope. */
  const gatesOf = (task: number): Gates | undefined => {
    const mask = masksOf(task);
    return mask && { layers: mask.layers.map((layer) => tf.tensor1d(layer)), position: mask.position };
  };

  /** The weights that answer for a task. */
  const recalled = (task: number): Params =>
    strategies.reduce((own, strategy, i) => strategy.recall?.(state.strategies[i], own, task) ?? own, state.params);

  const weightsOf = (i: number): Params => state.weights[i]?.params ?? {};

  /** The loss Σ_b w̄_b L_b of batches, and the gradients of it and of the strategies' objectives. */
  const dataGradient = (batches: readonly LearningBatch[]): DataGradient => {
    const factors = batchFactors(batches);
    const gates = batches.map(({ task }) => gatesOf(task));
    const shapes = [state.params, ...strategies.map((_, i) => weightsOf(i))];
    const reported: tf.Scalar[] = [];
    const loss = (...tensors: tf.Tensor[]): tf.Scalar => {
      const [params = {}, ...weights] = splitParams(tensors, shapes);
      const features = batches.map(({ x }, i) => model.features(params, x, gates[i]));
      const terms = batches.map((batch, i) => {
        const logits = columns(model.readout(params, features[i] as tf.Tensor2D), batch.units);
        const factor = factors[i] ?? 1;
        return factor === 1 ? batchLoss(batch, logits) : tf.mul<tf.Scalar>(batchLoss(batch, logits), factor);
      });
      const dataLoss = terms.reduce((sum, term) => tf.add<tf.Scalar>(sum, term));
      reported.push(tf.keep(tf.clone(dataLoss)));
      return strategies.reduce((sum, strategy, i) => {
        if (strategy.objective === undefined) return sum;
        const objective = strategy.objective(state.strategies[i], {
          batches: batches.map((batch, b) => ({
            batch,
            features: features[b] as tf.Tensor2D,
            factor: factors[b] ?? 1,
          })),
          model,
          weights: weights[i] ?? {},
          rng: rngOf(strategy, 'objective', state.task, state.iteration),
        });
        return tf.add<tf.Scalar>(sum, objective);
      }, dataLoss);
    };
    const { grads } = tf.valueAndGrads(loss)(shapes.flatMap(paramList));
    const [own = {}, ...weights] = splitParams(grads, shapes);
    return { loss: reported[0] as tf.Scalar, grads: own, weightGrads: weights };
  };

  /** The gradient of some other batches' loss in the model's weights. */
  const gradientOf = (batches: readonly LearningBatch[]): Params => {
    const factors = batchFactors(batches);
    const gates = batches.map(({ task }) => gatesOf(task));
    const { grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
      const params = paramsFrom(tensors, state.params);
      const terms = batches.map((batch, i) =>
        tf.mul<tf.Scalar>(
          batchLoss(batch, columns(model.logits(params, batch.x, gates[i]), batch.units)),
          factors[i] ?? 1,
        ),
      );
      return terms.reduce((sum, term) => tf.add<tf.Scalar>(sum, term));
    })(paramList(state.params));
    return paramsFrom(grads, state.params);
  };

  const pastTasks = (task: number): readonly PastTasks[] => {
    const groups = Map.groupBy(
      Array.from({ length: task }, (_, past) => past),
      (past) => {
        const { from, to } = outputs.trainingUnits(past, task);
        return [from, to, gated ? past : ''].join();
      },
    );
    return [...groups.values()].map((tasks) => {
      const [first = 0] = tasks;
      return {
        tasks,
        units: outputs.trainingUnits(first, task),
        knownUnits: outputs.trainingUnits(first, task - 1),
        gates: gatesOf(first),
      };
    });
  };

  const stepOnce = (batches: readonly Batch[]): { next: LearnerState; result: tf.Scalar } => {
    const { task, iteration, params } = state;
    const unitsOf = (of: number): UnitRange => outputs.trainingUnits(of, task);
    const batchSize = batches.reduce((sum, { rows }) => sum + rows.length, 0);
    const current = batches.map((batch) => learningBatch(batch, unitsOf(batch.task), batch.rows.length / batchSize));
    const past = strategies.some(({ rehearse }) => rehearse !== undefined) ? pastTasks(task) : [];
    const contextOf = (strategy: Strategy, hook: string): StepContext => ({
      task,
      batchSize,
      batches,
      model,
      unitsOf,
      past,
      rng: rngOf(strategy, hook, task, iteration),
    });
    const rehearsed = strategies.flatMap(
      (strategy, i) => strategy.rehearse?.(state.strategies[i], contextOf(strategy, 'rehearse')) ?? [],
    );
    const { loss, grads, weightGrads } = dataGradient(joinBatches([...current, ...rehearsed], gated));
    const dataGrads = strategies.reduce(
      (sum, strategy, i) =>
        strategy.project?.(state.strategies[i], sum, contextOf(strategy, 'project'), gradientOf) ?? sum,
      grads,
    );
    const totalGrads = strategies.reduce(
      (sum, strategy, i) => strategy.penalty?.(state.strategies[i]).addGradient(sum, params) ?? sum,
      dataGrads,
    );
    const updated = optimizer.update(state.optimizer, params, totalGrads);
    const gates = gatesOf(task);
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
          model,
          gates,
          dataGrads,
          totalGrads,
          before: params,
          after: updated.params,
          rng: rngOf(strategy, 'observe', task, iteration),
        });
      }),
      weights: state.weights.map((own, i) => {
        const moved = optimizer.update(own.optimizer, own.params, weightGrads[i] ?? {});
        return { params: moved.params, optimizer: moved.state };
      }),
    };
    return { next, result: loss };
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
        if (!fresh) return { next, result: undefined };
        const weights = state.weights.map((old) => ({ ...old, optimizer: optimizer.init(old.params) }));
        return { next: { ...next, optimizer: optimizer.init(params), weights }, result: undefined };
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
              weights: weightsOf(i),
              examples,
              units: outputs.trainingUnits(task, task),
              gates: gatesOf(task),
              rng: rngOf(strategy, 'consolidate', task),
            }) ?? state.strategies[i],
        );
        return { next: { ...state, strategies: ended }, result: undefined };
      });
    },
    accuracy: async (task, examples, count = examples.count, told = task) => {
      const gates = gatesOf(told);
      try {
        return await accuracy(model, recalled(told), examples, { units: outputs.testUnits(task), gates, count });
      } finally {
        disposeState(gates);
      }
    },
    view: () => ({
      model,
      params: state.params,
      strategies: new Map(strategies.map(({ name }, i) => [name, state.strategies[i]])),
      weights: new Map(strategies.map(({ name }, i) => [name, weightsOf(i)])),
      masks: masksOf,
    }),
    networks: () =>
      readNetworks(
        outputs.tasks.map((_, task) => ({
          params: recalled(task),
          gates: masksOf(task),
          units: outputs.testUnits(task),
        })),
      ),
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
    weightsHash: () =>
      weightsHash(Object.assign({}, state.params, ...state.weights.map(({ params }) => params)) as Params),
    dispose: () => disposeState(state),
  };
}

interface DataGradient {
  readonly loss: tf.Scalar;
  readonly grads: Params;
  /** By strategy. */
  readonly weightGrads: readonly Params[];
}

/** A list of tensors as the sets of weights that it joins. */
function splitParams(list: readonly tf.Tensor[], shapes: readonly Params[]): Params[] {
  let from = 0;
  return shapes.map((like) => {
    const size = Object.keys(like).length;
    from += size;
    return paramsFrom(list.slice(from - size, from), like);
  });
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
