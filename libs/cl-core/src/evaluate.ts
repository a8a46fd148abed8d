import { readBatch } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import type { TaskExamples, UnitRange } from '@engram/datasets';
import { columns } from './model.ts';
import type { Gates, Model } from './model.ts';
import type { Params } from './params.ts';
import type { Classifier } from './strategies/strategy.ts';

const rowsPerPass = 1000;

/**
 * Fraction of the first `count` examples whose largest score among `units` is the right one. Read once at the end, so
 * that a device is not waited for after every pass.
 */
export async function accuracy(
  /** Made when the test begins; what it holds is freed at the end. */
  prepare: () => Classifier,
  examples: TaskExamples,
  { units, count }: { readonly units: UnitRange; readonly count: number },
): Promise<number> {
  const total = Math.min(count, examples.count);
  if (total === 0) throw new RangeError('accuracy of no examples is not defined; give the task some test examples');
  const correct = tf.tidy(() => {
    const scoresOf = prepare();
    const passes: tf.Tensor[] = [];
    for (let from = 0; from < total; from += rowsPerPass) {
      const rows = Math.min(rowsPerPass, total - from);
      const batch = examples.batch(Int32Array.from({ length: rows }, (_, i) => from + i));
      passes.push(
        tf.tidy(() => {
          const scores = columns(scoresOf(readBatch(batch)), units);
          const labels = tf.tensor1d(
            batch.labels.map((label) => label - units.from),
            'int32',
          );
          return tf.equal(tf.argMax(scores, 1), labels).cast('float32').sum();
        }),
      );
    }
    return tf.addN(passes);
  });
  const [count_] = await correct.data();
  correct.dispose();
  return (count_ ?? 0) / total;
}

/** The accuracy of a network that answers by its logits; `gates` makes them in the scope of the test. */
export const networkAccuracy = (
  model: Model,
  params: Params,
  examples: TaskExamples,
  {
    units,
    count,
    gates,
  }: { readonly units: UnitRange; readonly count: number; readonly gates: () => Gates | undefined },
): Promise<number> =>
  accuracy(
    () => {
      const open = gates();
      return (x) => model.logits(params, x, open);
    },
    examples,
    { units, count },
  );
