import { adam, advance, disposeState, mlp, paramList, paramsFrom } from '@engram/cl-core';
import type { Model, Params } from '@engram/cl-core';
import { softmaxCrossEntropy } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import type { Dataset } from '@engram/datasets';
import type { Rng } from '@engram/random';
import { augmented, normalizationOf, readPictures, requirePictures } from './pictures.ts';
import type { Normalization } from './pictures.ts';
import { applyStack, featureCount } from './stack.ts';
import type { Stack } from './stack.ts';
import { applyTraining, folded, initialStack } from './training-stack.ts';
import type { ChannelMoments } from './training-stack.ts';

export interface PretrainOptions {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Units of the hidden layers on top, which are thrown away afterwards. */
  readonly head: readonly number[];
  readonly rng: Rng;
  readonly signal?: AbortSignal | undefined;
}

export type PretrainEvent =
  | { readonly type: 'step'; readonly step: number; readonly steps: number; readonly loss: number }
  /** The stack as it is after an epoch; whoever receives it disposes of it. */
  | {
      readonly type: 'epoch';
      readonly epoch: number;
      /** Share of the test pictures that stack and head name rightly. */
      readonly accuracy: number;
      readonly stack: Stack;
    };

/** Pictures whose batch statistics are averaged into those that are used after training. */
const calibration = { batches: 8, rows: 500 };
const stepsPerEvent = 20;

/**
 * Trains the convolutional stack under a classifier, with Adam, on shifted and flipped pictures, as van de Ven et al. 2020 do before their
 * experiments on CIFAR-100 (doi:10.1038/s41467-020-17866-2). In place of running averages, the statistics of 4,000 training
 * pictures are folded into the filters. An aborted signal ends it after the current step.
 */
export async function* pretrain(dataset: Dataset, options: PretrainOptions): AsyncGenerator<PretrainEvent> {
  const { epochs, batchSize, learningRate, head, rng, signal } = options;
  const { train, test, name } = dataset;
  const pixels = requirePictures(train, name);
  const normalization = normalizationOf(pixels, train.scale);
  const classifier = mlp({ inputs: featureCount, hidden: head, outputs: dataset.classNames.length });
  const optimizer = adam({ learningRate });
  let state = advance(undefined, () => {
    const params = { ...initialStack(rng.fork('stack')), ...classifier.init(rng.fork('head')) };
    return { next: { params, optimizer: optimizer.init(params) }, result: undefined };
  }).next;
  const perEpoch = Math.floor(train.count / batchSize);
  const steps = epochs * perEpoch;
  const pictures = (rows: Int32Array): tf.Tensor4D => readPictures(pixels, rows, train.scale, normalization);
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = rng.fork('order').fork(epoch).permutation(train.count);
      const shifts = rng.fork('shifts').fork(epoch);
      for (let batch = 0; batch < perEpoch; batch++) {
        if (signal?.aborted) return;
        const rows = order.subarray(batch * batchSize, (batch + 1) * batchSize);
        const copies = augmented(pixels, rows, shifts);
        const { next, result: loss } = advance(state, () => {
          const x = readPictures(copies, counting(rows.length), train.scale, normalization);
          const labels = tf.tensor1d(
            rows.map((row) => train.labels[row] ?? 0),
            'int32',
          );
          const targets = tf.oneHot(labels, classifier.outputs).cast<tf.Tensor2D>('float32');
          const { loss, grads } = gradient(state.params, classifier, x, targets);
          const updated = optimizer.update(state.optimizer, state.params, grads);
          return { next: { params: updated.params, optimizer: updated.state }, result: loss };
        });
        state = next;
        const step = epoch * perEpoch + batch + 1;
        if (step % stepsPerEvent === 0 || step === steps) {
          yield { type: 'step', step, steps, loss: (await loss.data())[0] ?? NaN };
        }
        loss.dispose();
      }
      const sample = rng.fork('calibration').permutation(train.count);
      const stack = tf.tidy(() => folded(state.params, meanMoments(state.params, sample, pictures)));
      const accuracy = await testAccuracy(stack, state.params, classifier, test, normalization, name);
      yield { type: 'epoch', epoch: epoch + 1, accuracy, stack };
    }
  } finally {
    disposeState(state);
  }
}

/** Mean cross-entropy of a batch, and its gradient. */
function gradient(params: Params, classifier: Model, x: tf.Tensor4D, targets: tf.Tensor2D) {
  const loss = (...tensors: tf.Tensor[]): tf.Scalar => {
    const own = paramsFrom(tensors, params);
    const logits = classifier.logits(own, applyTraining(own, x).features);
    return softmaxCrossEntropy(logits, targets);
  };
  const { value, grads } = tf.valueAndGrads(loss)(paramList(params));
  return { loss: value, grads: paramsFrom(grads, params) };
}

function meanMoments(params: Params, sample: Int32Array, pictures: (rows: Int32Array) => tf.Tensor4D): ChannelMoments {
  const batches = Math.max(1, Math.min(calibration.batches, Math.floor(sample.length / calibration.rows)));
  const all = Array.from({ length: batches }, (_, i) => {
    const rows = sample.subarray(i * calibration.rows, (i + 1) * calibration.rows);
    return applyTraining(params, pictures(rows)).moments;
  });
  return (all[0] ?? []).map((_, l) => {
    const own = all.flatMap((moments) => moments[l] ?? []);
    return {
      mean: tf.div<tf.Tensor1D>(tf.addN(own.map(({ mean }) => mean)), own.length),
      variance: tf.div<tf.Tensor1D>(tf.addN(own.map(({ variance }) => variance)), own.length),
    };
  });
}

async function testAccuracy(
  stack: Stack,
  params: Params,
  classifier: Model,
  test: Dataset['test'],
  normalization: Normalization,
  name: string,
): Promise<number> {
  const pixels = requirePictures(test, name);
  let right = 0;
  for (let from = 0; from < test.count; from += calibration.rows) {
    const rows = counting(Math.min(calibration.rows, test.count - from), from);
    const answers = tf.tidy(() => {
      const x = readPictures(pixels, rows, test.scale, normalization);
      return classifier.logits(params, applyStack(stack, x)).argMax(1);
    });
    (await answers.data()).forEach((answer, i) => (right += Number(answer === test.labels[from + i])));
    answers.dispose();
  }
  return right / test.count;
}

const counting = (length: number, from = 0): Int32Array => Int32Array.from({ length }, (_, i) => from + i);
