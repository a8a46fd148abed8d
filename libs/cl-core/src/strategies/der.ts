import { readBatch } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { admit, asBatch, drawStored, storedRow } from './memory.ts';
import type { Memory, StoredExample } from './memory.ts';
import type { Strategy } from './strategy.ts';

export interface DerOptions {
  /** α, the weight of the stored logits. */
  readonly alpha: number;
  /** β, the weight of the stored labels; 0 is DER, more is DER++. */
  readonly beta?: number;
  /** `reservoir`: every example met so far is equally likely to be stored; `class-balanced`: the classes share the capacity. */
  readonly buffer?: 'reservoir' | 'class-balanced';
  /** Stored examples in all. */
  readonly capacity: number;
  /** Replayed examples per step and draw; `same`: as many as the current batch has. */
  readonly batchSize?: number | 'same';
}

/** An example, and the logits of all output units that the network gave for it when it was stored. */
interface Remembered extends StoredExample {
  readonly logits: Float32Array;
}

/**
 * Dark experience replay (Buzzega et al. 2020, arXiv:2004.07211, eqs. 6 and 7):
 *
 *     L = L_current + α · mean (f(x') − z')² + β · CE(f(x''), y'')
 *
 * z' are the logits from the moment x' was stored, over all units and never refreshed; x'' is a second draw of its own.
 */
export function darkExperienceReplay(options: DerOptions): Strategy<Memory<Remembered>> {
  const { alpha, beta = 0, buffer = 'reservoir', capacity, batchSize = 'same' } = options;
  return {
    name: beta === 0 ? 'der' : 'derpp',
    init: () => ({ items: [], seen: {} }),
    rehearse: ({ items }, step) => {
      const count = Math.min(batchSize === 'same' ? step.batchSize : batchSize, items.length);
      if (count === 0) return [];
      const drawn = [...step.rng.fork('logits').sample(items.length, count)].flatMap((i) => items[i] ?? []);
      const units = { from: 0, to: step.model.outputs };
      const remembered = [...Map.groupBy(drawn, ({ task }) => task)].map(([task, rows]) => ({
        x: readBatch(asBatch(rows, task)),
        targets: tf.tensor2d(concatenated(rows), [rows.length, units.to]),
        loss: 'squared-error' as const,
        units,
        task,
        weight: (alpha * rows.length) / count,
        added: true,
      }));
      if (beta === 0) return remembered;
      const labelled = drawStored(items, count, { ...step, rng: step.rng.fork('labels') });
      return [...remembered, ...labelled.map((batch) => ({ ...batch, weight: beta * batch.weight, added: true }))];
    },
    observe: (memory, { batches, model, before, gates, rng }) =>
      batches.reduce((kept, batch) => {
        // most batches of a long run store nothing, so the logits are computed only when asked for
        let logits: Float32Array | undefined;
        return admit(kept, batch, { kind: buffer, capacity, rng }, (row) => {
          logits ??= tf.tidy(() => model.logits(before, readBatch(batch), gates).dataSync<'float32'>());
          const { outputs } = model;
          return { ...storedRow(batch, row), logits: logits.slice(row * outputs, (row + 1) * outputs) };
        });
      }, memory),
  };
}

function concatenated(rows: readonly Remembered[]): Float32Array {
  const width = rows[0]?.logits.length ?? 0;
  const all = new Float32Array(rows.length * width);
  rows.forEach(({ logits }, i) => all.set(logits, i * width));
  return all;
}
