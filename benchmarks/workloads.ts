import { adam, brainInspiredReplay, createLearner, ewc, mlp, si, vae } from '@engram/cl-core';
import type { Params, Strategy } from '@engram/cl-core';
import { splitTasks } from '@engram/datasets';
import type { Dataset } from '@engram/datasets';
import { conv2d, dense, readBatch, softmaxCrossEntropy } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { createRng } from '@engram/random';

/** A training step that can be taken again and again: forward, backward, optimizer, the loss read back. */
export interface Training {
  readonly step: () => number;
  readonly dispose: () => void;
}

interface Workload {
  /** Largest ratio to PyTorch that the project asks for: native, wasm. */
  readonly goals: readonly [number, number];
  readonly start: (mnist: Dataset) => Training;
}

const fisher = { estimator: 'exact', examples: 128, batchSize: 128 } as const;
export const small = { hidden: [400, 400], batch: 128, before: 0, strategies: (): readonly Strategy[] => [] };

/** A matrix product [m, k]·[k, n], as the gradients need it with a factor transposed. */
interface Product {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** The products of one training step of a perceptron: forward, weights' gradients, and the gradients of all inputs but the first. */
const productsOf = (widths: readonly number[], rows: number): readonly Product[] =>
  widths.slice(1).flatMap((outputs, l) => {
    const inputs = widths[l] ?? 0;
    const forward = { transposeA: false, transposeB: false, m: rows, n: outputs, k: inputs };
    const weights = { transposeA: true, transposeB: false, m: inputs, n: outputs, k: rows };
    const back = { transposeA: false, transposeB: true, m: rows, n: inputs, k: outputs };
    return l === 0 ? [forward, weights] : [forward, weights, back];
  });

/** Workloads whose matrix products are also measured alone. */
export const products: Readonly<Record<string, readonly Product[]>> = {
  W1: productsOf([784, 400, 400, 10], 128),
  W2: productsOf([784, 2000, 2000, 10], 256),
};

export const gigaflops = (list: readonly Product[]): number =>
  list.reduce((sum, { m, n, k }) => sum + (2 * m * n * k) / 1e9, 0);

/** The products alone, of tensors that are there already. */
export function productsAlone(list: readonly Product[]): Training {
  const factors = list.map(({ transposeA, transposeB, m, n, k }) => ({
    a: tf.fill(transposeA ? [k, m] : [m, k], 0.5),
    b: tf.fill(transposeB ? [n, k] : [k, n], 0.5),
    transposeA,
    transposeB,
  }));
  return {
    step: () => {
      for (const { a, b, transposeA, transposeB } of factors) tf.matMul(a, b, transposeA, transposeB).dispose();
      return 0;
    },
    dispose: () => tf.dispose(factors.flatMap(({ a, b }) => [a, b])),
  };
}

/** The workloads of docs/results/engine.md, by name; pytorch.py has the same ones. */
export const workloads: Readonly<Record<string, Workload>> = {
  W1: { goals: [0.7, 3.5], start: (mnist) => classifier(mnist, small) },
  W2: { goals: [0.6, 4], start: (mnist) => classifier(mnist, { ...small, hidden: [2000, 2000], batch: 256 }) },
  W3: { goals: [0.85, 3.8], start: autoencoder },
  W4s: { goals: [1.3, 8], start: () => convnet([16, 32, 64], [2, 2, 2]) },
  W4: { goals: [1.3, 8], start: () => convnet([16, 32, 64, 128, 256], [1, 2, 2, 2, 2]) },
  'W1 + EWC after 5 tasks': {
    goals: [0.25, 1],
    start: (mnist) => classifier(mnist, { ...small, before: 5, strategies: () => [ewc({ lambda: 1e-3, fisher })] }),
  },
  'W1 + SI': {
    goals: [0.9, 3.5],
    start: (mnist) => classifier(mnist, { ...small, before: 1, strategies: () => [si({ c: 1e-3 })] }),
  },
  'BI-R step': {
    goals: [0.85, 3.8],
    start: (mnist) => classifier(mnist, { ...small, before: 4, strategies: () => [brainInspiredReplay()] }),
  },
};

/** The whole learner, batch reading included, after `before` tasks of a few steps each. */
export function classifier(mnist: Dataset, { hidden, batch, before, strategies }: typeof small): Training {
  const rng = createRng(1);
  const stream = splitTasks(mnist, {
    tasks: 5,
    scenario: 'class',
    heads: 'multi',
    activeClasses: 'all',
    classOrder: 'natural',
    rng,
  });
  const learner = createLearner({
    model: mlp({ inputs: stream.inputSize, hidden, outputs: stream.outputUnits }),
    optimizer: adam({ learningRate: 0.001 }),
    strategies: strategies(),
    outputs: stream,
    rng,
  });
  let taken = 0;
  const stepOf = (index: number) => (): number => {
    const task = stream.tasks[index];
    if (task === undefined) throw new RangeError(`no task ${index}`);
    const loss = learner.step([task.train.batch(rng.fork(taken++).sample(task.train.count, batch))]);
    const [value = NaN] = loss.dataSync();
    loss.dispose();
    return value;
  };
  const last = stream.tasks.length - 1;
  for (let done = 0; done < before; done++) {
    const index = Math.min(done, last);
    const task = stream.tasks[index];
    if (task === undefined) break;
    learner.beginTask(index);
    for (let i = 0; i < 8; i++) stepOf(index)();
    learner.consolidate(index, task.train);
  }
  learner.beginTask(Math.min(before, last));
  return { step: stepOf(Math.min(before, last)), dispose: () => learner.dispose() };
}

/** Training of loose weights with Adam on one batch after another. */
function training(
  params: Params,
  batch: (step: number) => tf.Tensor2D,
  lossOf: (x: tf.Tensor2D, params: Params, step: number) => tf.Scalar,
): Training {
  const optimizer = adam({ learningRate: 0.001 });
  let state = { params, state: optimizer.init(params) };
  let taken = 0;
  const names = Object.keys(params);
  const release = ({ params: old, state: { firstMoments, secondMoments } }: typeof state): void =>
    tf.dispose([Object.values(old), Object.values(firstMoments), Object.values(secondMoments)]);
  return {
    step: () => {
      const before = state;
      const number = taken++;
      let loss = NaN;
      tf.tidy(() => {
        const x = batch(number);
        const named = (tensors: readonly tf.Tensor[]): Params =>
          Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor]));
        const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => lossOf(x, named(tensors), number))(
          Object.values(before.params),
        );
        [loss = NaN] = value.dataSync();
        state = optimizer.update(before.state, before.params, named(grads));
        for (const kept of [state.params, state.state.firstMoments, state.state.secondMoments])
          for (const tensor of Object.values(kept)) tf.keep(tensor);
      });
      release(before);
      return loss;
    },
    dispose: () => release(state),
  };
}

/** W3: a variational autoencoder 784-400-400-100-400-400-784. */
export function autoencoder(mnist: Dataset): Training {
  const rng = createRng(1);
  const rows = 128;
  const model = vae({ inputs: 784, hidden: [400, 400], latent: 100, sharedEncoder: false, modes: 0 });
  const examples = mnist.train;
  return training(
    model.init(rng),
    (step) =>
      readBatch({
        source: examples.inputs,
        rows: rng.fork(step).sample(examples.count, rows),
        rowLength: 784,
        scale: 1 / 255,
      }),
    (x, params, step) => model.loss(params, { x, weights: tf.fill([rows], 1 / rows) }, rng.fork('noise').fork(step)),
  );
}

/** W4s and W4: convolutions 3×3 with ReLU on pictures of 32×32×3, and a linear readout of 10 classes. */
export function convnet(channels: readonly number[], strides: readonly number[], rows = 128): Training {
  const rng = createRng(1);
  const [side, classes, pictures] = [32, 10, 1000];
  const source = Uint8Array.from({ length: pictures * side * side * 3 }, () => rng.integer(256));
  const labels = tf.tensor1d(
    Int32Array.from({ length: rows }, (_, i) => i % classes),
    'int32',
  );
  const targets = tf.oneHot(labels, classes).cast<tf.Tensor2D>('float32');
  const uniform = (shape: number[], fanIn: number): tf.Tensor =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => (2 * rng.float() - 1) / Math.sqrt(fanIn)),
      shape,
    );
  const params: Record<string, tf.Tensor> = {};
  let inputs = 3;
  let size = side;
  channels.forEach((outputs, l) => {
    params[`filter${l}`] = uniform([3, 3, inputs, outputs], 9 * inputs);
    params[`bias${l}`] = uniform([outputs], 9 * inputs);
    inputs = outputs;
    size = Math.ceil(size / (strides[l] ?? 1));
  });
  const features = size * size * inputs;
  params['kernel'] = uniform([features, classes], features);
  params['bias'] = uniform([classes], features);
  return training(
    params,
    (step) =>
      readBatch({ source, rows: rng.fork(step).sample(pictures, rows), rowLength: side * side * 3, scale: 1 / 255 }),
    (x, weights) => {
      let h = tf.reshape<tf.Rank.R4>(x, [rows, side, side, 3]);
      channels.forEach((_, l) => {
        const [filter, bias] = [weights[`filter${l}`] as tf.Tensor4D, weights[`bias${l}`] as tf.Tensor1D];
        h = conv2d(h, filter, bias, { strides: strides[l] ?? 1, pad: 'same', activation: 'relu' });
      });
      const flat = tf.reshape<tf.Rank.R2>(h, [rows, features]);
      const logits = dense(flat, weights['kernel'] as tf.Tensor2D, weights['bias'] as tf.Tensor1D);
      return softmaxCrossEntropy(logits, targets);
    },
  );
}
