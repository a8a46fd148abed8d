import { admit, chooseOfEachClass, drawStored, storedRow } from './memory.ts';
import type { Memory } from './memory.ts';
import type { Strategy } from './strategy.ts';

export interface ExperienceReplayOptions {
  /**
   * `reservoir`: every example met so far is equally likely to be stored (Vitter 1985); `class-balanced`: a reservoir for
   * each class, the capacity shared by the classes met; `per-class`: `capacity` random ones of each class of a task,
   * chosen when the task ends.
   */
  readonly buffer?: 'reservoir' | 'class-balanced' | 'per-class';
  /** Stored examples in all; of each class for `per-class`. */
  readonly capacity: number;
  /** Replayed examples per step; `same`: as many as the current batch has. */
  readonly batchSize?: number | 'same';
  /** `by-task`: 1/t for the current batch and 1 − 1/t for the replayed one in the t-th task; `equal`: by rows. */
  readonly weighting?: 'by-task' | 'equal';
}

/**
 * Experience replay (Chaudhry et al. 2019, arXiv:1902.10486): some past examples are stored, and some of those join every
 * step. L = (1/t) L_current + (1 − 1/t) L_replayed with `by-task`.
 */
export function experienceReplay(options: ExperienceReplayOptions): Strategy<Memory> {
  const { buffer = 'reservoir', capacity, batchSize = 'same', weighting = 'by-task' } = options;
  return {
    name: 'er',
    init: () => ({ items: [], seen: {} }),
    rehearse: ({ items }, step) => {
      const count = Math.min(batchSize === 'same' ? step.batchSize : batchSize, items.length);
      const total = weighting === 'by-task' ? step.task : count / step.batchSize;
      if (total === 0) return [];
      return drawStored(items, count, step).map((batch) => ({ ...batch, weight: batch.weight * total }));
    },
    observe: (memory, { batches, rng }) =>
      buffer === 'per-class'
        ? memory
        : batches.reduce(
            (kept, batch) => admit(kept, batch, { kind: buffer, capacity, rng }, (row) => storedRow(batch, row)),
            memory,
          ),
    consolidate: (memory, { examples, rng }) =>
      buffer === 'per-class'
        ? { ...memory, items: [...memory.items, ...chooseOfEachClass(examples, capacity, rng)] }
        : memory,
  };
}
