import { z } from 'zod';
import { ExperimentSpec } from './experiment.ts';
import { EngineRecord, RunRecord, Seed } from './run-record.ts';

export const modelVersion = 'engram.model/1';

const unit = z.int().nonnegative();

/** What a file of trained weights is about: everything but the numbers. */
export const ModelInfo = z
  .strictObject({
    schema: z.literal(modelVersion),
    spec: ExperimentSpec,
    specHash: z.string(),
    seed: Seed,
    engine: EngineRecord,
    software: RunRecord.shape.software,
    data: z.strictObject({ name: z.string(), variant: z.string(), hash: z.string(), licence: z.string() }),
    tasksLearned: z.int().nonnegative().describe('fewer than there are tasks if the run was interrupted'),
    input: z.strictObject({
      shape: z.array(z.int().positive()).readonly(),
      scale: z.number().positive().describe('factor that brings raw values to what the network was trained on'),
    }),
    outputs: z.int().positive().describe('output units'),
    tasks: z
      .array(
        z.strictObject({
          name: z.string(),
          weights: z.int().nonnegative().describe('which set of weights answers, from 0'),
          units: z.strictObject({ from: unit, to: unit }).describe('output units among which the answer is looked for'),
          gates: z.enum(['after-activation', 'before-bias']).nullable().describe('where its gates multiply'),
          classes: z
            .array(z.strictObject({ unit, name: z.string() }))
            .readonly()
            .describe('which output unit stands for which class of this task'),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'ModelInfo', title: 'Engram trained model' });

export type ModelInfo = z.infer<typeof ModelInfo>;
