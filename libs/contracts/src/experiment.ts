import { z } from 'zod';
import { StrategySpec } from './strategies.ts';

export const specVersion = 'engram.experiment/1';

/** Who knows the task: told at test time (`task`), not needed (`domain`), to be inferred (`class`). */
export const Scenario = z
  .enum(['task', 'domain', 'class'])
  .describe('task: the task is given at test time; domain: same labels, changing inputs; class: every class competes')
  .meta({ id: 'Scenario' });

export const DatasetName = z
  .enum(['mnist', 'fashion-mnist', 'cifar10', 'cifar100', 'digits'])
  .meta({ id: 'DatasetName' });

const taskCount = z
  .int()
  .min(1, 'at least one task is needed')
  .max(1000, 'at most 1,000 tasks')
  .describe('tasks in the stream');

export const SplitStreamSpec = z
  .strictObject({
    kind: z.literal('split'),
    tasks: taskCount,
    classOrder: z.enum(['seeded', 'natural']).describe('seeded: shuffled by the seed, natural for seed 0'),
  })
  .describe('The classes divided over the tasks')
  .meta({ id: 'SplitStreamSpec' });

export const PermutedStreamSpec = z
  .strictObject({
    kind: z.literal('permuted'),
    tasks: taskCount,
    padTo: z.union([z.int().positive(), z.null()]).describe('pad images to this side before permuting, or null'),
    firstTask: z.enum(['permuted', 'original']),
  })
  .describe('The same classes, with another fixed order of the pixels for each task')
  .meta({ id: 'PermutedStreamSpec' });

export const RotatedStreamSpec = z
  .strictObject({
    kind: z.literal('rotated'),
    tasks: taskCount,
    maxDegrees: z.number().positive().max(360).describe('task k is turned by k/T of this angle'),
  })
  .describe('The same classes, turned by another angle for each task')
  .meta({ id: 'RotatedStreamSpec' });

export const StreamSpec = z
  .discriminatedUnion('kind', [SplitStreamSpec, PermutedStreamSpec, RotatedStreamSpec])
  .meta({ id: 'StreamSpec' });

export const Boundaries = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('fuzzy'),
      width: z.number().positive().max(2).describe('how long tasks fade into each other, in lengths of a task'),
    }),
    z.strictObject({ kind: z.literal('random') }),
  ])
  .describe('How tasks give way to each other; learners then consolidate every training.iterations steps')
  .meta({ id: 'Boundaries' });

/** The convolutional features that are shipped. */
export const shippedFeatures = 'c3-5x16-bn';

export const DataSpec = z
  .discriminatedUnion('source', [
    z.strictObject({
      source: z.literal('named'),
      dataset: DatasetName,
      size: z.enum(['subset', 'full']).describe('subset: shipped with the software; full: the complete set'),
      features: z
        .string()
        .min(1)
        .optional()
        .describe(
          `learn on features of frozen convolutional layers in place of pixels: ${shippedFeatures}, which is shipped, or a file of "engram features pretrain"`,
        ),
    }),
    z.strictObject({ source: z.literal('own'), path: z.string().min(1).describe('image folders, CSV or IDX files') }),
  ])
  .meta({ id: 'DataSpec' });

export const OptimizerSpec = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('adam'),
      learningRate: z.number().positive(),
      beta1: z.number().min(0).lt(1),
      beta2: z.number().min(0).lt(1),
      epsilon: z.number().positive(),
      resetPerTask: z.boolean().describe('forget the moments when a task begins'),
    }),
    z.strictObject({
      kind: z.literal('sgd'),
      learningRate: z.number().positive(),
      momentum: z.number().min(0).lt(1),
      resetPerTask: z.boolean().describe('forget the velocity when a task begins'),
    }),
  ])
  .meta({ id: 'OptimizerSpec' });

/** Everything that decides a run, except the seed and the engine. */
export const ExperimentSpec = z
  .strictObject({
    version: z.literal(specVersion),
    data: DataSpec,
    stream: StreamSpec,
    scenario: Scenario,
    heads: z
      .enum(['multi', 'single'])
      .describe('task scenario only: own output units for each task, or the same ones for all'),
    activeClasses: z
      .enum(['all', 'seen', 'current'])
      .describe('class scenario only: output units that take part in the training loss'),
    boundaries: Boundaries.optional().describe('left out: sharp'),
    taskInput: z
      .boolean()
      .optional()
      .describe('task scenario only: the task is an input too, one for each (rule signal)'),
    model: z
      .strictObject({
        kind: z
          .enum(['mlp', 'sigmoid-mlp'])
          .describe('mlp: ReLU units with biases; sigmoid-mlp: sigmoid units without'),
        hidden: z.array(z.int().positive().max(20_000)).max(20).readonly().describe('units of each hidden layer'),
      })
      .meta({ id: 'ModelSpec' }),
    optimizer: OptimizerSpec,
    training: z
      .strictObject({
        iterations: z.int().positive().max(10_000_000).describe('steps per task'),
        batchSize: z.int().positive().max(100_000),
      })
      .meta({ id: 'TrainingSpec' }),
    evaluation: z
      .strictObject({
        examples: z.union([z.int().positive(), z.literal('all')]).describe('test examples of each task'),
      })
      .meta({ id: 'EvaluationSpec' }),
    strategies: z.array(StrategySpec).max(8).readonly(),
  })
  .meta({ id: 'ExperimentSpec', title: 'Engram experiment' });

export type Scenario = z.infer<typeof Scenario>;
export type DatasetName = z.infer<typeof DatasetName>;
export type DataSpec = z.infer<typeof DataSpec>;
export type Boundaries = z.infer<typeof Boundaries>;
export type StreamSpec = z.infer<typeof StreamSpec>;
export type OptimizerSpec = z.infer<typeof OptimizerSpec>;
export type ExperimentSpec = z.infer<typeof ExperimentSpec>;
