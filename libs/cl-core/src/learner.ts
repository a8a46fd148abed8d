import * as tf from '@engram/engine/tf';
import type { Batch, TaskExamples } from '@engram/datasets';
import type { Rng } from '@engram/random';
import { decodeState, encodeState, weightsHash } from './checkpoint.ts';
import { requireCompatible } from './compatible.ts';
import { ClError } from './errors.ts';
import { accuracy } from './evaluate.ts';
import { gradientStep } from './gradient-step.ts';
import type { LearnerState } from './gradient-step.ts';
import type { Gates, Model } from './model.ts';
import { readNetworks } from './networks.ts';
import type { TrainedNetworks } from './networks.ts';
import type { Optimizer } from './optimizers.ts';
import type { Outputs } from './outputs.ts';
import type { Params } from './params.ts';
import { advance, disposeState } from './state.ts';
import type { Classifier, GateMasks, Setup, Strategy } from './strategies/strategy.ts';

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
  /** Ends the last task, for the strategies whose answers need it. */
  conclude(task: number, examples: TaskExamples): void;
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

/** The inside of a learner. Tensors stay its own and live until its next change: read them, dispose of none. */
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

/** Throws ClError `duplicate-strategy`, `cannot-combine` or `needs-task-id` as `requireCompatible` does. */
export function createLearner({ model, optimizer, strategies, outputs, rng }: LearnerOptions): Learner {
  requireCompatible(strategies, outputs.scenario);
  const withoutNetwork = strategies.find((strategy) => strategy.withoutNetwork)?.withoutNetwork;
  let state: LearnerState = advance(undefined, () => ({ next: initialState(), result: undefined })).next;
  const masks = new Map<number, GateMasks | undefined>();
  const gated = strategies.some((strategy) => strategy.gate !== undefined);

  function initialState(): LearnerState {
    const setup = (name: string, params: Params): Setup => ({
      model,
      params,
      taskCount: outputs.tasks.length,
      rng: rng.fork(name).fork('init'),
    });
    const params = withoutNetwork?.weights(setup('weights', {})) ?? model.init(rng.fork('weights'));
    return {
      task: 0,
      iteration: 0,
      params,
      optimizer: optimizer.init(withoutNetwork === undefined ? params : {}),
      strategies: strategies.map((strategy) => strategy.init(setup(strategy.name, params))),
      weights: strategies.map((strategy) => {
        const own = strategy.weights?.(setup(strategy.name, params)) ?? {};
        return { params: own, optimizer: optimizer.init(own) };
      }),
    };
  }

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

  const learning = { model, optimizer, strategies, outputs, gated, gatesOf, rngOf };

  const lessonStep = (batches: readonly Batch[]): { next: LearnerState; result: tf.Scalar } => {
    const { task, iteration } = state;
    const [strategy] = strategies;
    if (withoutNetwork === undefined || strategy === undefined) {
      const step = gradientStep(learning, state, batches);
      if (step === undefined) throw new RangeError('a step needs rows to learn from, got none');
      return { next: step.next, result: step.loss };
    }
    const lesson = { batches, model, optimizer, rng: rngOf(strategy, 'learn', task, iteration) };
    const { state: own, params, loss } = withoutNetwork.learn(state.strategies[0], state.params, lesson);
    return { next: { ...state, iteration: iteration + 1, params, strategies: [own] }, result: loss };
  };

  /** Runs a change of state and takes it over. */
  const change = <Result>(compute: () => { next: LearnerState; result: Result }): Result => {
    const { next, result } = advance(state, compute);
    state = next;
    return result;
  };

  const consolidate = (task: number, examples: TaskExamples, which: (strategy: Strategy) => boolean): void => {
    change(() => {
      const ended = strategies.map((strategy, i) => {
        const own = state.strategies[i];
        if (strategy.consolidate === undefined || !which(strategy)) return own;
        return strategy.consolidate(own, {
          task,
          model,
          params: state.params,
          weights: weightsOf(i),
          examples,
          units: outputs.trainingUnits(task, task),
          gates: gatesOf(task),
          rng: rngOf(strategy, 'consolidate', task),
        });
      });
      return { next: { ...state, strategies: ended }, result: undefined };
    });
  };

  /** What strategies do in the rest that follows a task, and replay without anything new. */
  const sleep = (): void => {
    for (const [i, strategy] of strategies.entries()) {
      const { sleep: resting } = strategy;
      if (resting === undefined) continue;
      change(() => ({
        next: { ...state, params: resting.downscale(state.strategies[i], state.params) },
        result: undefined,
      }));
      for (let step = 0; step < resting.replaySteps; step++) {
        change(() => {
          const slept = gradientStep(learning, state, [], { kind: 'asleep', batchSize: resting.batchSize });
          slept?.loss.dispose();
          return { next: slept?.next ?? state, result: undefined };
        });
      }
    }
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
    step: (batches) => change(() => lessonStep(batches)),
    consolidate: (task, examples) => {
      consolidate(task, examples, () => true);
      sleep();
    },
    conclude: (task, examples) => consolidate(task, examples, ({ concludes }) => concludes === true),
    accuracy: (task, examples, count = examples.count, told = task) => {
      const params = recalled(told);
      const prepare = (): Classifier => {
        const gates = gatesOf(told);
        const network: Classifier = (x) => model.logits(params, x, gates);
        return strategies.reduce((answer, strategy, i) => {
          const trained = { model, params, gates, rng: rngOf(strategy, 'classify') };
          return strategy.classifier?.(state.strategies[i], trained) ?? answer;
        }, network);
      };
      return accuracy(prepare, examples, { units: outputs.testUnits(task), count });
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

const names = (strategies: readonly Strategy[]): readonly string[] => strategies.map(({ name }) => name);

const describe = (strategies: readonly string[], params: Params): string => {
  const shapes = Object.entries(params).map(([name, { shape }]) => `${name} [${shape.join(',')}]`);
  return `${strategies.join(' + ') || 'no strategy'} with weights ${shapes.join(', ')}`;
};
