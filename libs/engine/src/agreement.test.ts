import { execFileSync } from 'node:child_process';
import * as tf from '#tf';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  accumulatePath,
  adamStep,
  addAnchoredGradient,
  binaryCrossEntropy,
  dense,
  momentumStep,
  readBatch,
  softmaxCrossEntropy,
  squaredGradients,
  useEngine,
} from './index.ts';
import { both, expectClose, numbers, ownEngines as own } from './testing.ts';

/** Edge sizes: nothing, one, odd, around the widths of vectors and tiles. */
const size = fc.constantFrom(0, 1, 2, 3, 5, 8, 12, 13, 16, 17, 31, 32, 33, 65, 100);

describe.skipIf(own.length === 0).each(own)('the engine %s', (engine) => {
  beforeAll(async () => {
    await useEngine(engine);
  });

  it('multiplies matrices of any size, transposed or not, as float64 does', async () => {
    await useEngine(engine);
    fc.assert(
      fc.property(size, size, fc.oneof(size, fc.constant(500)), fc.boolean(), fc.boolean(), (m, n, k, ta, tb) => {
        const a = numbers(m * k);
        const b = numbers(k * n);
        const product = tf
          .matMul(tf.tensor2d(a, ta ? [k, m] : [m, k]), tf.tensor2d(b, tb ? [n, k] : [k, n]), ta, tb)
          .dataSync();
        expect(product).toHaveLength(m * n);
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            let sum = 0;
            for (let p = 0; p < k; p++)
              sum += (a[ta ? p * m + i : i * k + p] ?? 0) * (b[tb ? j * k + p : p * n + j] ?? 0);
            expect(Math.abs((product[i * n + j] ?? NaN) - sum)).toBeLessThan(1e-4 * Math.sqrt(k + 1));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['linear', undefined],
    ['relu', undefined],
    ['relu', 'after-activation'],
    ['relu', 'before-bias'],
  ] as const)('agrees on a dense layer, %s, gate %s, forward and backward', async (activation, gatePosition) => {
    const x = numbers(9 * 7);
    const kernel = numbers(7 * 33);
    const bias = numbers(33);
    const gate = Float32Array.from({ length: 33 }, (_, i) => [1, 0, 0.5][i % 3] ?? 0);
    expectClose(
      await both(engine, () => {
        const options =
          gatePosition === undefined ? { activation } : { activation, gate: tf.tensor1d(gate), gatePosition };
        const layer = (a: tf.Tensor, w: tf.Tensor, b: tf.Tensor): tf.Tensor2D =>
          dense(a as tf.Tensor2D, w as tf.Tensor2D, b as tf.Tensor1D, options);
        const inputs = [tf.tensor2d(x, [9, 7]), tf.tensor2d(kernel, [7, 33]), tf.tensor1d(bias)] as const;
        const { value, grads } = tf.valueAndGrads((a, w, b) => tf.sum(layer(a, w, b).square()))([...inputs]);
        return [layer(...inputs), value, ...grads];
      }),
    );
  });

  it('agrees on the gradient behind negative gates and NaN', async () => {
    expectClose(
      await both(engine, () => {
        const layer = (gate: number[]) => (b: tf.Tensor) =>
          tf.sum(
            dense(tf.zeros([1, 1]), tf.zeros([1, 3]), b as tf.Tensor1D, {
              activation: 'relu',
              gate: tf.tensor1d(gate),
            }),
          );
        const bias = tf.tensor1d([1, 2, -1]);
        return [
          tf.grad(layer([-2, 0.5, -1]))(bias),
          tf.grad((b) => tf.sum(dense(tf.zeros([1, 1]), tf.zeros([1, 3]), b as tf.Tensor1D, { activation: 'relu' })))(
            tf.tensor1d([NaN, 1, -1]),
          ),
        ];
      }),
    );
  });

  it('gives zeros for a product over no depth, as the first product of a process', () => {
    const script = `
      import { useEngine } from '@engram/engine';
      import * as tf from '@engram/engine/tf';
      await useEngine('${engine}');
      console.log(tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3])).dataSync().join());`;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    });
    expect(out.trim()).toBe('0,0,0,0,0,0');
  });

  it('agrees on softmax cross-entropy with hard, soft and extreme inputs', async () => {
    const logits = [...numbers(5 * 4), 1e4, -1e4, 0, 3];
    const targets = [1, 0, 0, 0, 0, 1, 0, 0, 0.25, 0.25, 0.25, 0.25, 0.5, 0.5, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0];
    expectClose(
      await both(engine, () => {
        const { value, grad } = tf.valueAndGrad((z) =>
          softmaxCrossEntropy(z as tf.Tensor2D, tf.tensor2d(targets, [6, 4])),
        )(tf.tensor2d(logits, [6, 4])) as { value: tf.Tensor; grad: tf.Tensor };
        return [value, grad];
      }),
    );
  });

  it('agrees on binary cross-entropy with soft targets, weights and extreme logits', async () => {
    const logits = [...numbers(3 * 33), ...Array.from({ length: 33 }, (_, i) => (i - 16) * 20)];
    const targets = [...numbers(4 * 33)].map((v) => Math.abs(v) % 1);
    expectClose(
      await both(engine, () => {
        const { value, grad } = tf.valueAndGrad((z) =>
          binaryCrossEntropy(z as tf.Tensor2D, tf.tensor2d(targets, [4, 33]), tf.tensor1d([1, 0, 0.5, 2])),
        )(tf.tensor2d(logits, [4, 33])) as { value: tf.Tensor; grad: tf.Tensor };
        return [value, grad];
      }),
      1e-5,
    );
  });

  it('agrees on the steps of the optimizers and on what strategies add', async () => {
    const lists = Array.from({ length: 4 }, () => [numbers(15), numbers(7)]);
    const tensors = (i: number): tf.Tensor[] => (lists[i] ?? []).map((values) => tf.tensor1d(values));
    const positive = (i: number): tf.Tensor[] => tensors(i).map((t) => tf.square(t));
    expectClose(
      await both(engine, () => {
        const adam = adamStep({
          params: tensors(0),
          grads: tensors(1),
          firstMoments: tensors(2),
          secondMoments: positive(3),
          learningRate: 0.01,
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-8,
          step: 3,
        });
        const plain = momentumStep({
          params: tensors(0),
          grads: tensors(1),
          velocities: [],
          learningRate: 0.1,
          momentum: 0,
        });
        const moving = momentumStep({
          params: tensors(0),
          grads: tensors(1),
          velocities: tensors(2),
          learningRate: 0.1,
          momentum: 0.9,
        });
        return [
          ...adam.params,
          ...adam.firstMoments,
          ...adam.secondMoments,
          ...plain.params,
          ...moving.params,
          ...moving.velocities,
          ...addAnchoredGradient({
            grads: tensors(0),
            params: tensors(1),
            center: tensors(2),
            curvature: positive(3),
            strength: 2.5,
          }),
          ...accumulatePath({ path: tensors(0), grads: tensors(1), before: tensors(2), after: tensors(3) }),
        ];
      }),
    );
  });

  it('agrees on squared per-example gradients', async () => {
    const [a, delta, weights] = [numbers(70 * 5), numbers(70 * 3), numbers(70)];
    expectClose(
      await both(engine, () => {
        const { kernel, bias } = squaredGradients(
          tf.tensor2d(a, [70, 5]),
          tf.tensor2d(delta, [70, 3]),
          tf.tensor1d(weights),
        );
        return [kernel, bias];
      }),
    );
  });

  it('reads bytes and floats, permuted and padded, exactly', async () => {
    for (const source of [Uint8Array.from({ length: 40 }, (_, i) => i * 6), numbers(40)]) {
      for (const permutation of [undefined, Int32Array.of(3, -1, 0, 9)]) {
        const batch = {
          source,
          rows: Int32Array.of(2, 0, 2),
          rowLength: 10,
          scale: 1 / 255,
          ...(permutation && { permutation }),
        };
        const [found, expected] = await both(engine, () => [readBatch(batch)]);
        expect(found).toEqual(expected);
      }
    }
  });

  it('agrees on arithmetic with broadcasting, other types, NaN and infinities', async () => {
    const special = [NaN, Infinity, -Infinity, 0, -0, 1e38, 1e-40, -3];
    expectClose(
      await both(engine, () => {
        const a = tf.tensor1d(special);
        const row = tf.tensor2d([...special, ...special], [2, 8]);
        return [
          tf.add(a, a),
          tf.mul(a, a),
          tf.sub(a, 1),
          tf.div(1, a),
          tf.add(row, a),
          tf.mul(tf.tensor2d([2, 3], [2, 1]), row),
          tf.add(tf.tensor1d([1, 2], 'int32'), tf.tensor1d([3, 4], 'int32')),
          tf.relu(a),
          tf.matMul(row, row, false, true),
        ];
      }),
    );
  });

  it('agrees on element-wise functions, with NaN, infinities, zeros and no values at all', async () => {
    const values = [NaN, Infinity, -Infinity, 0, -0, 1e-30, 1e20, -1e20, ...[...numbers(90)].map((v) => 5 * v)];
    const functions = [
      tf.neg,
      tf.square,
      tf.sqrt,
      tf.exp,
      tf.log,
      tf.sigmoid,
      tf.tanh,
      tf.softplus,
      tf.relu,
      tf.abs,
      (x: tf.Tensor) => tf.step(x),
      (x: tf.Tensor) => tf.maximum(x, 0.5),
      (x: tf.Tensor) => tf.minimum(0.5, x),
    ];
    for (const f of functions) {
      expectClose(await both(engine, () => [f(tf.tensor1d(values)), f(tf.tensor2d([], [0, 3]))]), 1e-6);
    }
  });

  it('agrees on broadcasting of any two shapes, with the same errors', async () => {
    const axis = fc.constantFrom(1, 1, 2, 3, 5, 0);
    const shape = fc.array(axis, { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(shape, shape, async (a, b) => {
        const [left, right] = [a, b].map((sizes) => numbers(tf.util.sizeFromShape(sizes)));
        const attempt = () => [tf.sub(tf.tensor(left ?? [], a), tf.tensor(right ?? [], b))];
        let possible = true;
        try {
          tf.broadcast_util.assertAndGetBroadcastShape(a, b);
        } catch {
          possible = false;
        }
        if (possible) expectClose(await both(engine, attempt), 1e-6);
        else await expect(both(engine, attempt)).rejects.toThrow(/broadcast/);
      }),
      { numRuns: 200 },
    );
  });

  it('agrees on reductions over any axes, softmax, transposes, slices, filled tensors and the gradient of gather', async () => {
    const shapes = fc.array(fc.constantFrom(1, 2, 3, 9, 65), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(shapes, fc.nat(15), fc.boolean(), async (shape, mask, keepDims) => {
        const axes = shape.flatMap((_, i) => ((mask >> i) & 1 ? [i] : []));
        const values = numbers(tf.util.sizeFromShape(shape));
        expectClose(
          await both(engine, () => {
            const x = tf.tensor(values, shape);
            const chosen = axes.length === 0 ? undefined : axes;
            return [
              tf.sum(x, chosen, keepDims),
              tf.mean(x, chosen, keepDims),
              tf.max(x, chosen, keepDims),
              tf.softmax(x),
            ];
          }),
          1e-5,
        );
      }),
      { numRuns: 60 },
    );
    const table = numbers(35 * 19);
    expectClose(
      await both(engine, () => {
        const x = tf.tensor2d(table, [35, 19]);
        const gather = (t: tf.Tensor) => tf.sum(tf.square(tf.gather(t, tf.tensor1d([3, 0, 3, 34], 'int32'))));
        return [
          tf.transpose(x),
          tf.slice(x, [3, 0], [20, -1]),
          tf.slice(x, [0, 2], [35, 4]),
          tf.zerosLike(x),
          tf.onesLike(x),
          tf.fill([3, 2], 7),
          tf.sum(tf.cast(tf.greater(x, 0), 'float32')),
          tf.mul(tf.cast(tf.argMax(x, 1), 'float32'), 0.5),
          tf.grad(gather)(x),
        ];
      }),
      1e-6,
    );
  });

  it('never changes what was read or shared when memory is used again', async () => {
    await useEngine(engine);
    const a = tf.add(tf.tensor1d([1, 2, 3]), 0);
    const clone = tf.clone(a);
    const read = a.dataSync();
    const part = tf.slice(a, [1], [2]);
    a.dispose();
    const churn = Array.from({ length: 50 }, () => tf.add(tf.tensor1d([7, 7, 7]), 1));
    expect([...read]).toEqual([1, 2, 3]);
    expect([...clone.dataSync()]).toEqual([1, 2, 3]);
    expect([...part.dataSync()]).toEqual([2, 3]);
    for (const tensor of churn) tensor.dispose();
  });

  it('neither grows nor leaves tensors behind over 10,000 steps', async () => {
    await useEngine(engine);
    const x = tf.tensor2d(numbers(8 * 5), [8, 5]);
    const targets = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1], 'int32'), 3).cast<tf.Tensor2D>('float32');
    let params: tf.Tensor[] = [tf.tensor2d(numbers(15), [5, 3]), tf.tensor1d(numbers(3))];
    const step = (): void => {
      const { value, grads } = tf.valueAndGrads((w, b) =>
        softmaxCrossEntropy(dense(x, w as tf.Tensor2D, b as tf.Tensor1D), targets),
      )(params);
      const next = momentumStep({ params, grads, velocities: [], learningRate: 0.01, momentum: 0 });
      tf.dispose([params, grads, value]);
      ({ params } = next);
    };
    for (let i = 0; i < 100; i++) step();
    const tensors = tf.memory().numTensors;
    const { arrayBuffers } = process.memoryUsage();
    for (let i = 0; i < 10_000; i++) step();
    expect(tf.memory().numTensors).toBe(tensors);
    expect(process.memoryUsage().arrayBuffers - arrayBuffers).toBeLessThan(2 ** 20);
    tf.dispose([x, targets, params]);
  });
});

it('says why an engine cannot be used, and what to do', async () => {
  await expect(useEngine('webgpu')).rejects.toThrow(/needs a browser. Choose native, wasm or cpu/);
  await expect(useEngine('tensorflow')).rejects.toThrow(/not installed/);
});
