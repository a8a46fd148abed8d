import { examplesOf } from '@engram/datasets';
import type { TaskExamples, TaskStream } from '@engram/datasets';
import type { Boundaries } from '@engram/contracts';
import type { Rng } from '@engram/random';
import type { BatchSource } from './batches.ts';

/**
 * Batches without sharp boundaries between tasks; `iterations` steps are a period, after which learners consolidate whether or not
 * anything has changed. Row by row,
 *
 * - `fuzzy`:  the task that is on at a moment within ±width/2 periods around the step, so tasks fade into each other;
 * - `random`: any task, from the first step to the last.
 *
 * As in the task-free streams of van de Ven et al. 2022 (doi:10.1038/s42256-022-00568-3).
 */
export function blurredBatches(
  stream: TaskStream,
  { batchSize, iterations, boundaries, rng }: BlurOptions,
): BatchSource {
  const last = stream.tasks.length - 1;
  const taskAt = (step: number, own: Rng): number => {
    if (boundaries.kind === 'random') return own.integer(stream.tasks.length);
    const shift = (own.float() - 0.5) * boundaries.width;
    return Math.min(last, Math.max(0, Math.floor(step / iterations + shift)));
  };
  return (period, iteration) => {
    const own = rng.fork(period).fork(iteration);
    const step = period * iterations + iteration;
    const tasks = Array.from({ length: batchSize }, () => taskAt(step, own));
    return stream.tasks.flatMap(({ index, train }) => {
      const rows = tasks.filter((task) => task === index).map(() => own.integer(train.count));
      return rows.length === 0 ? [] : [train.batch(Int32Array.from(rows))];
    });
  };
}

export interface BlurOptions {
  readonly batchSize: number;
  readonly iterations: number;
  readonly boundaries: Boundaries;
  readonly rng: Rng;
}

/** Steps of a period whose rows are looked at when it ends. */
const remembered = 100;

/** What has been met in a period, for consolidation: the rows of its last steps. */
export function periodExamples(batches: BatchSource, period: number, iterations: number): TaskExamples {
  const from = Math.max(0, iterations - remembered);
  const steps = Array.from({ length: iterations - from }, (_, i) => batches(period, from + i));
  return examplesOf(steps.flat(), period);
}
