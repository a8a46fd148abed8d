import { readBatch } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import type { TaskExamples, UnitRange } from '@engram/datasets';
import { columns } from './model.ts';
import type { Gates, Model } from './model.ts';
import type { Params } from './params.ts';

const rowsPerPass = 1000;

/**
 * Fraction of the first `count` examples whose largest logit among `units` is the right one. Read once at the end, so
 * that a device is not waited for after every pass.
 */
export async function accuracy(
  model: Model,
  params: Params,
  examples: TaskExamples,
  { units, gates, count }: { readonly units: UnitRange; readonly gates: Gates | undefined; readonly count: number },
): Promise<number> {
  const total = Math.min(count, examples.count);
  if (total === 0) throw new RangeError('accuracy of no examples is not defined; give the task some test examples');
  const correct = tf.tidy(() => {
    const passes: tf.Tensor[] = [];
    for (let from = 0; from < total; from += rowsPerPass) {
      const rows = Math.min(rowsPerPass, total - from);
      const batch = examples.batch(Int32Array.from({ length: rows }, (_, i) => from + i));
      passes.push(
        tf.tidy(() => {
          const logits = columns(model.logits(params, readBatch(batch), gates), units);
          const labels = tf.tensor1d(
            batch.labels.map((label) => label - units.from),
            'int32',
          );
          return tf.equal(tf.argMax(logits, 1), labels).cast('float32').sum();
        }),
      );
    }
    return tf.addN(passes);
  });
  const [count_] = await correct.data();
  correct.dispose();
  return (count_ ?? 0) / total;
}
