import type { Batch, TaskExamples, UnitRange } from '@engram/datasets';
import type * as tf from '@engram/engine/tf';
import type { Rng } from '@engram/random';
import type { LearningBatch } from '../batch.ts';
import type { Gates, Model } from '../model.ts';
import type { Optimizer } from '../optimizers.ts';
import type { Params } from '../params.ts';
import type { Penalty } from './penalty.ts';

/**
 * What is added to plain training against forgetting. A strategy's hooks return contributions to the update
 *
 *     θ ← u(θ, project(Σ_b w̄_b ∇L_b(θ; gate(task_b)) + ∇objective(θ)) + Σ ∇penalty(θ)),   b over the current batch (`relabel`) and `rehearse`
 *
 * and the learner adds them up; that is why strategies combine by being listed together. What a strategy remembers is
 * its state, a tree of plain objects, arrays, numbers, typed arrays and tensors: hooks return the next state and change
 * nothing in place.
 */
export interface Strategy<State = unknown> {
  readonly name: string;
  /** It must be told the task, at test time too. */
  readonly requiresTask?: boolean;
  /** Every task must bring classes that no task before it had. */
  readonly requiresNewClasses?: boolean;
  /** It replaces the way of training as a whole, so it makes no sense beside another strategy. */
  readonly standsAlone?: boolean;
  /** Which examples a step is trained on: those of the current task (default), of all tasks together, or of all so far. */
  readonly curriculum?: 'sequential' | 'joint' | 'cumulative';
  /** It is consolidated after the last task too, since its answers need it. */
  readonly concludes?: boolean;
  /** It learns in a way of its own, and there is no network. */
  readonly withoutNetwork?: WithoutNetwork<State>;

  init(setup: Setup): State;
  /** More weights, trained beside the model's by the same optimizer; penalties and tests do not see them. */
  weights?(setup: Setup): Params;
  /** Weights to start a task from, in place of those the last task left. */
  begin?(state: State, start: TaskStart): Params | undefined;
  /** Factors on the hidden units for a task: the same at every call, in training and at test. */
  gate?(state: State, task: number, rng: Rng): GateMasks;
  /** Other targets or another loss for the current rows. */
  relabel?(state: State, batch: LearningBatch, step: StepContext): LearningBatch;
  /** More batches for this step. */
  rehearse?(state: State, step: StepContext): readonly LearningBatch[];
  /** A differentiable term added to the data loss, from the same batches. */
  objective?(state: State, terms: ObjectiveTerms): tf.Scalar;
  /** The credit rule: which gradient the batches give, in place of that of their losses. */
  credit?(state: State, terms: CreditTerms): Credit;
  /** Turns the gradient of the data loss into another, before penalties are added. */
  project?(state: State, grads: Params, step: StepContext, gradientOf: GradientOf): Params;
  /** A term added to the loss, with its gradient in closed form. */
  penalty?(state: State): Penalty;
  /** After each step. */
  observe?(state: State, step: StepRecord): State;
  /** After the last step of a task that another follows. */
  consolidate?(state: State, end: TaskEnd): State;
  /** A rest after each task that another follows. */
  readonly sleep?: Sleep<State>;
  /** Weights to test a task with. */
  recall?(state: State, params: Params, task: number): Params;
  /** How tested rows are answered, in place of the network's logits. */
  classifier?(state: State, trained: Trained): Classifier;
}

/** Scores of rows x [rows, inputs] → [rows, outputs]; the answer is the largest among the units that take part. */
export type Classifier = (x: tf.Tensor2D) => tf.Tensor2D;

/** A learner as it is tested. */
export interface Trained {
  readonly model: Model;
  readonly params: Params;
  readonly gates: Gates | undefined;
  readonly rng: Rng;
}

/** What happens between two tasks, when nothing new comes in; after `consolidate`. */
export interface Sleep<State = unknown> {
  /** Weights after synapses were scaled. */
  downscale(state: State, params: Params): Params;
  /** Steps on what strategies rehearse, and on nothing else, that follow. */
  readonly replaySteps: number;
  /** Rows of such a step. */
  readonly batchSize: number;
}

export interface WithoutNetwork<State = unknown> {
  /** What is learned, in place of a network's weights. */
  weights(setup: Setup): Params;
  /** Takes in the rows of a step; `loss` says how badly they fitted before. */
  learn(state: State, params: Params, step: Lesson): { state: State; params: Params; loss: tf.Scalar };
}

export interface Lesson {
  readonly batches: readonly Batch[];
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly rng: Rng;
}

export interface Setup {
  readonly model: Model;
  readonly params: Params;
  /** Tasks in the stream. */
  readonly taskCount: number;
  readonly rng: Rng;
}

export interface TaskStart {
  readonly task: number;
  readonly model: Model;
  readonly rng: Rng;
}

/** Gates as plain numbers, one array per hidden layer. */
export interface GateMasks {
  readonly layers: readonly Float32Array[];
  readonly position: Gates['position'];
}

export interface StepContext {
  /** The number of tasks before this step: of the task being trained from 0, or asleep of those that have ended. */
  readonly task: number;
  /** Rows of the current batch. */
  readonly batchSize: number;
  /** Examples that the current task has. */
  readonly examples: number;
  /** The current rows, as they came from the task stream. */
  readonly batches: readonly Batch[];
  readonly model: Model;
  /** The output units that take part in the loss for rows of a task. */
  readonly unitsOf: (task: number) => UnitRange;
  /** The tasks before this one, together where nothing tells them apart: same units, same gates. */
  readonly past: readonly PastTasks[];
  readonly rng: Rng;
}

export interface PastTasks {
  readonly tasks: readonly number[];
  /** Output units in the loss now. */
  readonly units: UnitRange;
  /** Output units that took part when the last task was trained: those that a copy of the network from then knows. */
  readonly knownUnits: UnitRange;
  readonly gates: Gates | undefined;
}

export type GradientOf = (batches: readonly LearningBatch[]) => Params;

export interface CreditTerms {
  readonly model: Model;
  readonly params: Params;
  readonly batches: readonly {
    readonly batch: LearningBatch;
    readonly gates: Gates | undefined;
    /** Of its loss. */
    readonly factor: number;
  }[];
  readonly rng: Rng;
}

export interface Credit {
  readonly loss: tf.Scalar;
  readonly grads: Params;
}

export interface ObjectiveTerms {
  /** What is trained on, the features that the model gives for it, and the factor of its loss. */
  readonly batches: readonly {
    readonly batch: LearningBatch;
    readonly features: tf.Tensor2D;
    readonly factor: number;
  }[];
  readonly model: Model;
  /** The strategy's own weights. */
  readonly weights: Params;
  readonly rng: Rng;
}

export interface StepRecord {
  readonly task: number;
  /** What was trained on, as it came from the task stream. */
  readonly batches: readonly Batch[];
  readonly model: Model;
  readonly gates: Gates | undefined;
  /** Gradient of the data loss alone, replay included. */
  readonly dataGrads: Params;
  /** The same with the gradients of all penalties. */
  readonly totalGrads: Params;
  readonly before: Params;
  readonly after: Params;
  readonly rng: Rng;
}

export interface TaskEnd {
  readonly task: number;
  readonly model: Model;
  readonly params: Params;
  /** The strategy's own weights. */
  readonly weights: Params;
  readonly examples: TaskExamples;
  readonly units: UnitRange;
  readonly gates: Gates | undefined;
  readonly rng: Rng;
}
