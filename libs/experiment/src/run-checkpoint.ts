import { ClError, decodeState, encodeState } from '@engram/cl-core';
import { EngineRecord, ExperimentSpec, Seed } from '@engram/contracts';
import { z } from 'zod';
import { ResumeError } from './errors.ts';

const seconds = z.number().nonnegative();

/** Where a run stands, without the learner's tensors. */
const RunProgress = z.strictObject({
  version: z.literal('engram.checkpoint/1'),
  spec: ExperimentSpec,
  seed: Seed,
  engine: EngineRecord,
  dataHash: z.string(),
  task: z.int().nonnegative().describe('the task being trained, or the next one'),
  iteration: z.int().nonnegative().describe('steps of it that are done'),
  matrix: z.array(z.array(z.number())),
  seconds: z.strictObject({ train: seconds, evaluate: seconds, consolidate: seconds, total: seconds }),
  peakMemoryBytes: z.int().nonnegative().nullable(),
});

export type RunProgress = z.infer<typeof RunProgress>;

export const encodeCheckpoint = (progress: RunProgress, learner: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  encodeState({ progress, learner });

/** Throws ResumeError `corrupt` for bytes that are no complete checkpoint of a run. */
export async function decodeCheckpoint(bytes: Uint8Array): Promise<{ progress: RunProgress; learner: Uint8Array }> {
  try {
    const { progress, learner } = (await decodeState(bytes)) as { progress: unknown; learner: unknown };
    if (!(learner instanceof Uint8Array)) throw new TypeError('it holds no learner');
    return { progress: RunProgress.parse(progress), learner };
  } catch (error) {
    const why = error instanceof ClError ? error.message : `This checkpoint cannot be used: ${String(error)}`;
    throw new ResumeError('corrupt', why, { cause: error });
  }
}

/** What a checkpoint is of, without loading any weights into tensors. */
export const describeCheckpoint = async (bytes: Uint8Array): Promise<RunProgress> =>
  (await decodeCheckpoint(bytes)).progress;
