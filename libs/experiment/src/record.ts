import type { EngineInfo } from '@engram/engine';
import { canonicalJson, runRecordVersion } from '@engram/contracts';
import type { EngineRecord, ExperimentSpec, RunRecord } from '@engram/contracts';
import { curve, summarize } from '@engram/metrics';
import type { RunProgress } from './run-checkpoint.ts';

export const engineRecord = ({ name, variant, version }: EngineInfo): EngineRecord => ({ name, variant, version });

/** SHA-256 of the canonical JSON of a specification, in hexadecimal: equal specifications, equal hashes. */
export async function specHash(spec: ExperimentSpec): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(spec)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export interface Outcome {
  readonly status: RunRecord['status'];
  readonly failure: RunRecord['failure'];
  readonly software: RunRecord['software'];
  readonly stream: RunRecord['stream'];
  readonly weightsHash: string;
}

/** The record of a run as far as it got. */
export async function runRecord(progress: RunProgress, outcome: Outcome): Promise<RunRecord> {
  const { spec, seed, engine, dataHash, matrix, seconds, peakMemoryBytes, task, iteration } = progress;
  const steps = task * spec.training.iterations + iteration;
  return {
    schema: runRecordVersion,
    status: outcome.status,
    failure: outcome.failure,
    spec,
    specHash: await specHash(spec),
    seed,
    engine,
    software: outcome.software,
    dataHash,
    stream: outcome.stream,
    matrix,
    summary: summarize(matrix),
    curve: curve(matrix),
    seconds,
    iterationsPerSecond: seconds.train > 0 ? steps / seconds.train : 0,
    peakMemoryBytes,
    weightsHash: outcome.weightsHash,
  };
}
