import type * as tf from '@engram/engine/tf';
import type { Batch, UnitRange } from '@engram/datasets';
import type { Rng } from '@engram/random';
import { backprop, weigh } from './backprop.ts';
import type { DataGradient, WeighedBatches } from './backprop.ts';
import { joinBatches, learningBatch } from './batch.ts';
import type { LearningBatch } from './batch.ts';
import type { Gates, Model } from './model.ts';
import type { Optimizer } from './optimizers.ts';
import { pastTasks } from './outputs.ts';
import type { Outputs } from './outputs.ts';
import type { Params } from './params.ts';
import type { StepContext, Strategy } from './strategies/strategy.ts';

export interface LearnerState {
  readonly task: number;
  /** Steps done in this task. */
  readonly iteration: number;
  readonly params: Params;
  readonly optimizer: unknown;
  /** In the order of the strategies, as are the weights that they train beside the model's. */
  readonly strategies: readonly unknown[];
  readonly weights: readonly { readonly params: Params; readonly optimizer: unknown }[];
}

/** What stays the same from step to step. */
export interface Learning {
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly strategies: readonly Strategy[];
  readonly outputs: Outputs;
  /** Whether tasks have gates of their own. */
  readonly gated: boolean;
  gatesOf(task: number): Gates | undefined;
  rngOf(strategy: Strategy, ...path: readonly (string | number)[]): Rng;
}

/** When a step is taken: with rows of a task, or asleep after it, when only what strategies rehearse is trained on. */
export type Phase = { readonly kind: 'awake' } | { readonly kind: 'asleep'; readonly batchSize: number };

/**
 * The update equation of `Strategy`. Asleep, the task that has just ended is a past one too, and strategies observe
 * nothing. Gives no step where there is nothing to train on.
 */
export function gradientStep(
  learning: Learning,
  state: LearnerState,
  batches: readonly Batch[],
  phase: Phase = { kind: 'awake' },
): { readonly next: LearnerState; readonly loss: tf.Scalar } | undefined {
  const { model, optimizer, strategies, outputs, gated, gatesOf, rngOf } = learning;
  const { task, iteration, params } = state;
  const asleep = phase.kind === 'asleep';
  const unitsOf = (of: number): UnitRange => outputs.trainingUnits(of, task);
  const batchSize = asleep ? phase.batchSize : batches.reduce((sum, { rows }) => sum + rows.length, 0);
  const ended = asleep ? task + 1 : task;
  const past = strategies.some(({ rehearse, project }) => rehearse !== undefined || project !== undefined)
    ? pastTasks(outputs, { count: ended, current: task, known: ended - 1 }, gated ? gatesOf : undefined)
    : [];
  const contextOf = (strategy: Strategy, hook: string): StepContext => ({
    task: ended,
    batchSize,
    examples: outputs.tasks[task]?.train.count ?? 0,
    batches,
    model,
    unitsOf,
    past,
    rng: rngOf(strategy, asleep ? `${hook} asleep` : hook, task, iteration),
  });
  const current = batches.map((batch) =>
    strategies.reduce(
      (own, strategy, i) => strategy.relabel?.(state.strategies[i], own, contextOf(strategy, 'relabel')) ?? own,
      learningBatch(batch, unitsOf(batch.task), batch.rows.length / batchSize),
    ),
  );
  const rehearsed = strategies.flatMap(
    (strategy, i) => strategy.rehearse?.(state.strategies[i], contextOf(strategy, 'rehearse')) ?? [],
  );
  if (current.length + rehearsed.length === 0) return undefined;
  const gradientOf = (others: readonly LearningBatch[]): Params => {
    const { loss, grads } = backprop(model, params, weigh(others, gatesOf));
    loss.dispose();
    return grads;
  };
  const weighed = weigh(joinBatches([...current, ...rehearsed], gated), gatesOf);
  const { loss, grads, weightGrads } = dataGradient(learning, state, weighed);
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
      if (strategy.observe === undefined || asleep) return own;
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
  return { next, loss };
}

/** The gradient of the data loss and of the strategies' objectives, or what a credit rule gives in its place. */
function dataGradient(
  { model, strategies, rngOf }: Learning,
  state: LearnerState,
  batches: WeighedBatches,
): DataGradient {
  const { task, iteration, params } = state;
  const crediting = strategies.findIndex(({ credit }) => credit !== undefined);
  const rule = strategies[crediting];
  if (rule?.credit !== undefined) {
    const terms = { model, params, batches, rng: rngOf(rule, 'credit', task, iteration) };
    return { ...rule.credit(state.strategies[crediting], terms), weightGrads: strategies.map(() => ({})) };
  }
  const objectives = strategies.map((strategy, i) => ({
    weights: state.weights[i]?.params ?? {},
    value: (features: readonly tf.Tensor2D[], weights: Params): tf.Scalar | undefined =>
      strategy.objective?.(state.strategies[i], {
        batches: batches.map(({ batch, factor }, b) => ({ batch, factor, features: features[b] as tf.Tensor2D })),
        model,
        weights,
        rng: rngOf(strategy, 'objective', task, iteration),
      }),
  }));
  return backprop(model, params, batches, objectives);
}
