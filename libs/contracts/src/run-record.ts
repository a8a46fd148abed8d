import { z } from 'zod';
import { ExperimentSpec } from './experiment.ts';

export const runRecordVersion = 'engram.run/1';

const fraction = z.number().min(0).max(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal');

export const Seed = z.int().nonnegative().max(Number.MAX_SAFE_INTEGER).meta({ id: 'Seed' });

export const EngineRecord = z
  .strictObject({
    name: z.string().describe('native, tensorflow, wasm, webgpu, webgl or cpu'),
    variant: z.string().describe('instruction set or device, for example avx512'),
    version: z.string(),
  })
  .meta({ id: 'EngineRecord' });

/** Means over tasks, as fractions; null where the definition needs more tasks than were learned. */
export const RunSummary = z
  .strictObject({
    averageAccuracy: fraction.nullable(),
    averageIncrementalAccuracy: fraction.nullable(),
    forgetting: z.number().nullable(),
    backwardTransfer: z.number().nullable(),
    forwardTransfer: z.number().nullable(),
    learningAccuracy: fraction.nullable(),
  })
  .meta({ id: 'RunSummary' });

/** What became of a run, and everything needed to repeat it. */
export const RunRecord = z
  .strictObject({
    schema: z.literal(runRecordVersion),
    status: z.enum(['finished', 'interrupted', 'diverged']),
    failure: z
      .strictObject({
        task: z.int().nonnegative(),
        iteration: z.int().positive(),
        loss: z.string().describe('the value as text, since JSON has neither NaN nor infinity'),
        message: z.string(),
      })
      .nullable()
      .describe('why and where a diverged run stopped'),
    spec: ExperimentSpec,
    specHash: hash,
    seed: Seed,
    engine: EngineRecord,
    software: z.strictObject({ version: z.string(), commit: z.string().nullable() }),
    dataHash: hash,
    stream: z.record(z.string(), z.json()).describe('class order, permutations or angles: the stream as it was drawn'),
    matrix: z
      .array(z.array(fraction).readonly())
      .readonly()
      .describe('R[i][j]: test accuracy on task j after learning i tasks; row 0 before any training'),
    summary: RunSummary,
    curve: z.array(fraction).readonly().describe('mean accuracy on the tasks seen, after each task'),
    seconds: z.strictObject({
      total: z.number().nonnegative(),
      train: z.number().nonnegative(),
      evaluate: z.number().nonnegative(),
      consolidate: z.number().nonnegative(),
    }),
    iterationsPerSecond: z.number().nonnegative().describe('training steps per second of training time'),
    peakMemoryBytes: z
      .int()
      .nonnegative()
      .nullable()
      .describe('largest resident set seen; null where it cannot be read'),
    weightsHash: hash.describe('SHA-256 over the names, shapes and bytes of all weights'),
  })
  .meta({ id: 'RunRecord', title: 'Engram run record' });

export type Seed = z.infer<typeof Seed>;
export type EngineRecord = z.infer<typeof EngineRecord>;
export type RunSummary = z.infer<typeof RunSummary>;
export type RunRecord = z.infer<typeof RunRecord>;
