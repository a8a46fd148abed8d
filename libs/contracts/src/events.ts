import { z } from 'zod';
import { EngineRecord, RunRecord, Seed } from './run-record.ts';
import { ExperimentSpec } from './experiment.ts';

const taskIndex = z.int().nonnegative().describe('counted from 0');
const iteration = z.int().nonnegative().describe('steps of this task done so far');

/**
 * What a run tells while it happens, in order:
 * run-started (evaluated)? (task-started step… consolidated evaluated checkpoint)… then finished, interrupted or diverged.
 */
export const ExperimentEvent = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('run-started'),
      version: z.literal('engram.event/1'),
      spec: ExperimentSpec,
      specHash: z.string(),
      seed: Seed,
      engine: EngineRecord,
      dataHash: z.string(),
      taskNames: z.array(z.string()).readonly(),
      totalIterations: z.int().nonnegative(),
      resumedFrom: z.strictObject({ task: taskIndex, iteration }).nullable(),
    }),
    z.strictObject({ type: z.literal('task-started'), task: taskIndex }),
    z.strictObject({ type: z.literal('step'), task: taskIndex, iteration, loss: z.number() }),
    z.strictObject({ type: z.literal('consolidated'), task: taskIndex, seconds: z.number().nonnegative() }),
    z.strictObject({
      type: z.literal('evaluated'),
      tasksLearned: z.int().nonnegative().describe('0 before any training'),
      accuracies: z.array(z.number().min(0).max(1)).readonly().describe('one row of the accuracy matrix'),
    }),
    z.strictObject({ type: z.literal('checkpoint'), task: taskIndex, iteration, bytes: z.int().nonnegative() }),
    z.strictObject({ type: z.literal('finished'), record: RunRecord }),
    z.strictObject({ type: z.literal('interrupted'), record: RunRecord }),
    z.strictObject({ type: z.literal('diverged'), record: RunRecord }),
  ])
  .meta({ id: 'ExperimentEvent', title: 'Engram experiment event' });

export type ExperimentEvent = z.infer<typeof ExperimentEvent>;
