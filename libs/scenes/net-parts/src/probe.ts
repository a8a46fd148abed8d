import type { LearnerView, Params } from '@engram/cl-core';
import type { TaskExamples, TaskStream } from '@engram/datasets';
import { readBatch, softmaxCrossEntropy } from '@engram/engine';
import * as tf from '@engram/engine/tf';

/** All weights in one row, layer after layer: a copy. */
export async function flatWeights(params: Params): Promise<Float32Array> {
  const parts = await Promise.all(Object.values(params).map((tensor) => tensor.data()));
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Weights in one row as tensors of the current scope, shaped like `like`. */
export function shapedWeights(flat: Float32Array, like: Params): Params {
  let at = 0;
  return Object.fromEntries(
    Object.entries(like).map(([name, { shape, size }]) => {
      at += size;
      return [name, tf.tensor(flat.slice(at - size, at), shape)];
    }),
  );
}

const firstRows = (examples: TaskExamples, count: number): Int32Array =>
  Int32Array.from({ length: Math.min(count, examples.count) }, (_, i) => i);

/** The last hidden layer for the first `count` test pictures of a task, gated as for that task: [count, units] row-major. */
export async function representation(
  { model, params, masks }: LearnerView,
  stream: TaskStream,
  task: number,
  count: number,
): Promise<{ readonly rows: number; readonly values: Float32Array }> {
  const test = stream.tasks[task]?.test;
  if (test === undefined) throw new RangeError(`there is no task ${task} among ${stream.tasks.length}`);
  const rows = firstRows(test, count);
  const features = tf.tidy(() => {
    const mask = masks(task);
    const gates = mask && { layers: mask.layers.map((layer) => tf.tensor1d(layer)), position: mask.position };
    return model.features(params, readBatch(test.batch(rows)), gates);
  });
  const values = Float32Array.from(await features.data());
  features.dispose();
  return { rows: rows.length, values };
}

/** Mean cross-entropy of the first `count` test pictures of a task, for each of several weights in one row. */
export async function losses(
  { model, params }: LearnerView,
  stream: TaskStream,
  task: number,
  count: number,
  weights: Iterable<Float32Array>,
): Promise<number[]> {
  const test = stream.tasks[task]?.test;
  if (test === undefined) throw new RangeError(`there is no task ${task} among ${stream.tasks.length}`);
  const { from, to } = stream.testUnits(task);
  const batch = test.batch(firstRows(test, count));
  const x = readBatch(batch);
  const targets = tf.tidy(() =>
    tf
      .oneHot(
        tf.tensor1d(
          batch.labels.map((label) => label - from),
          'int32',
        ),
        to - from,
      )
      .cast<tf.Tensor2D>('float32'),
  );
  const found: number[] = [];
  for (const flat of weights) {
    const loss = tf.tidy(() => {
      const logits = model.logits(shapedWeights(flat, params), x);
      return softmaxCrossEntropy(logits.slice([0, from], [logits.shape[0], to - from]), targets);
    });
    const [value = NaN] = await loss.data();
    found.push(value);
    loss.dispose();
  }
  tf.dispose([x, targets]);
  return found;
}
