import * as tf from '#tf';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchNorm, conv2d, standardNormal, useEngine } from './index.ts';
import { both, expectClose, numbers, ownEngines } from './testing.ts';

type Shape4 = [number, number, number, number];

interface Case {
  readonly x: Shape4;
  readonly filter: Shape4;
  readonly strides: [number, number];
  readonly dilations: [number, number];
  readonly pad: 'same' | 'valid' | number;
}

const side = fc.constantFrom(1, 2, 3, 5, 8, 9);
const channels = fc.constantFrom(1, 2, 3, 8, 15, 16, 17, 33);
const step = fc.constantFrom(1, 1, 2, 3);
const filterSide = fc.constantFrom(1, 2, 3, 5);
/**
 * Windows that fit into their pictures. TensorFlow.js allows strides or dilations, not both, and counts the windows of
 * other than square ones wrongly where zeros are given as a number.
 */
const cases = (depthwise: boolean): fc.Arbitrary<Case> =>
  fc
    .record({
      size: fc.tuple(fc.constantFrom(0, 1, 2, 3), side, side),
      kernel: fc.tuple(filterSide, filterSide),
      channels: fc.tuple(channels, depthwise ? fc.constantFrom(1, 1, 2, 3) : channels),
      steps: fc.tuple(step, step),
      dilated: fc.boolean(),
      pad: fc.constantFrom<Case['pad']>('same', 'valid', 1, 2),
    })
    .map(({ size, kernel, channels: [inputs, outputs], steps, dilated, pad }): Case => ({
      x: [...size, inputs],
      filter: [...kernel, inputs, outputs],
      strides: dilated ? [1, 1] : steps,
      dilations: dilated ? steps : [1, 1],
      pad,
    }))
    .filter((c) => {
      if (typeof c.pad === 'number' && (c.filter[0] !== c.filter[1] || c.strides[0] !== c.strides[1])) return false;
      if (typeof c.pad === 'number' && Math.max(...c.dilations) > 1) return false;
      const reach = c.dilations.map((d, i) => ((c.filter[i] ?? 1) - 1) * d + 1);
      return reach.every((r, i) => {
        const room = (c.x[i + 1] ?? 0) + (typeof c.pad === 'number' ? 2 * c.pad : 0);
        return (c.pad === 'same' || room >= r) && (typeof c.pad !== 'number' || c.pad < r);
      });
    });

/** Every pixel that a window sees: places in picture and output (first channels), and in the window. */
function* seen(info: tf.backend_util.Conv2DInfo): Generator<readonly [input: number, output: number, tap: number]> {
  const { padInfo } = info;
  for (let b = 0; b < info.batchSize; b++)
    for (let oy = 0; oy < info.outHeight; oy++)
      for (let ox = 0; ox < info.outWidth; ox++)
        for (let ky = 0; ky < info.filterHeight; ky++)
          for (let kx = 0; kx < info.filterWidth; kx++) {
            const y = oy * info.strideHeight + ky * info.dilationHeight - padInfo.top;
            const x = ox * info.strideWidth + kx * info.dilationWidth - padInfo.left;
            if (y < 0 || y >= info.inHeight || x < 0 || x >= info.inWidth) continue;
            yield [
              ((b * info.inHeight + y) * info.inWidth + x) * info.inChannels,
              ((b * info.outHeight + oy) * info.outWidth + ox) * info.outChannels,
              ky * info.filterWidth + kx,
            ];
          }
}

const at = (list: ArrayLike<number>, i: number): number => list[i] ?? NaN;
const add = (list: Float64Array, i: number, value: number): void => {
  list[i] = at(list, i) + value;
};

describe.skipIf(ownEngines.length === 0).each(ownEngines)('pictures on the engine %s', (engine) => {
  beforeAll(async () => {
    await useEngine(engine);
  });

  it.each(['full', 'depthwise'] as const)(
    'convolves any shape as float64 does, forward and backward: %s',
    async (kind) => {
      await useEngine(engine);
      const depthwise = kind === 'depthwise';
      fc.assert(
        fc.property(cases(depthwise), ({ x: xShape, filter: fShape, strides, dilations, pad }) => {
          const info = tf.backend_util.computeConv2DInfo(xShape, fShape, strides, dilations, pad, undefined, depthwise);
          const [xs, fs, dys] = [xShape, fShape, info.outShape].map((shape) =>
            numbers(tf.util.sizeFromShape(shape)),
          ) as [Float32Array, Float32Array, Float32Array];
          const out = new Float64Array(dys.length);
          const dx = new Float64Array(xs.length);
          const df = new Float64Array(fs.length);
          const [inputs, outputs] = [fShape[2], fShape[3]];
          for (const [i, o, tap] of seen(info))
            for (let c = 0; c < inputs; c++)
              for (let q = 0; q < outputs; q++) {
                const [a, b, f] = [i + c, o + (depthwise ? c * outputs + q : q), (tap * inputs + c) * outputs + q];
                add(out, b, at(xs, a) * at(fs, f));
                add(dx, a, at(dys, b) * at(fs, f));
                add(df, f, at(dys, b) * at(xs, a));
              }
          const found = tf.tidy(() => {
            const convolve = (x: tf.Tensor, f: tf.Tensor): tf.Tensor =>
              (depthwise ? tf.depthwiseConv2d : tf.conv2d)(
                x as tf.Tensor4D,
                f as tf.Tensor4D,
                strides,
                pad,
                'NHWC',
                dilations,
              );
            const [x, f] = [tf.tensor(xs, xShape), tf.tensor(fs, fShape)];
            // TensorFlow.js refuses gradients of dilated windows; kernels/check.c has those of ours
            const dilated = dilations.some((d) => d > 1);
            const back = dilated ? [] : tf.grads(convolve)([x, f], tf.tensor(dys, info.outShape));
            return [convolve(x, f), ...back].map((t) => t.dataSync());
          });
          found.forEach((values, i) => expectClose([values, [out, dx, df][i] ?? []]));
        }),
        { numRuns: 60 },
      );
    },
  );

  it('pools any shape as float64 does, forward and backward', async () => {
    await useEngine(engine);
    fc.assert(
      fc.property(cases(true), fc.boolean(), ({ x: shape, filter, strides, pad: padding }, largest) => {
        const pad = typeof padding === 'number' ? 'valid' : padding;
        fc.pre(pad === 'same' || (filter[0] <= shape[1] && filter[1] <= shape[2]));
        const window: [number, number] = [filter[0], filter[1]];
        const info = tf.backend_util.computePool2DInfo(shape, window, strides, 1, pad);
        const xs = numbers(tf.util.sizeFromShape(shape));
        const dys = numbers(tf.util.sizeFromShape(info.outShape));
        const [count, sum] = [new Float64Array(dys.length), new Float64Array(dys.length)];
        const best = new Float64Array(dys.length).fill(-Infinity);
        const each = (visit: (a: number, b: number) => void): void => {
          for (const [i, o] of seen(info)) for (let c = 0; c < shape[3]; c++) visit(i + c, o + c);
        };
        each((a, b) => {
          add(count, b, 1);
          add(sum, b, at(xs, a));
          best[b] = Math.max(at(best, b), at(xs, a));
        });
        const dx = new Float64Array(xs.length);
        each((a, b) => {
          if (!largest) add(dx, a, at(dys, b) / at(count, b));
          else if (at(xs, a) === at(best, b)) add(dx, a, at(dys, b));
        });
        const [out, back] = tf.tidy(() => {
          const pool = (x: tf.Tensor): tf.Tensor =>
            (largest ? tf.maxPool : tf.avgPool)(x as tf.Tensor4D, window, strides, pad);
          const x = tf.tensor(xs, shape);
          return [pool(x).dataSync(), tf.grad(pool)(x, tf.tensor(dys, info.outShape)).dataSync()] as const;
        });
        expectClose([out, largest ? best : sum.map((s, i) => s / at(count, i))]);
        expectClose([back, dx]);
      }),
      { numRuns: 60 },
    );
  });

  it('normalizes batches as float64 does, forward and backward', async () => {
    await useEngine(engine);
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 7, 64, 65, 200), fc.constantFrom(1, 3, 16, 65), (rows, cols) => {
        const [xs, gs, bs, dys] = [rows * cols, cols, cols, rows * cols].map(numbers) as [
          Float32Array,
          Float32Array,
          Float32Array,
          Float32Array,
        ];
        const [y, dx, dg, db] = [rows * cols, rows * cols, cols, cols].map((n) => new Float64Array(n)) as [
          Float64Array,
          Float64Array,
          Float64Array,
          Float64Array,
        ];
        for (let j = 0; j < cols; j++) {
          const column = (list: Float32Array): number[] =>
            Array.from({ length: rows }, (_, i) => at(list, i * cols + j));
          const mean = column(xs).reduce((s, v) => s + v, 0) / rows;
          const variance = column(xs).reduce((s, v) => s + (v - mean) ** 2, 0) / rows;
          const deviation = Math.sqrt(variance + 1e-2);
          const hat = column(xs).map((v) => (v - mean) / deviation);
          db[j] = column(dys).reduce((s, v) => s + v, 0);
          dg[j] = column(dys).reduce((s, v, i) => s + v * at(hat, i), 0);
          for (let i = 0; i < rows; i++) {
            y[i * cols + j] = at(gs, j) * at(hat, i) + at(bs, j);
            dx[i * cols + j] =
              (at(gs, j) / deviation) * (at(dys, i * cols + j) - (at(db, j) + at(hat, i) * at(dg, j)) / rows);
          }
        }
        const found = tf.tidy(() => {
          const layer = (x: tf.Tensor, g: tf.Tensor, b: tf.Tensor): tf.Tensor =>
            batchNorm(x, g as tf.Tensor1D, b as tf.Tensor1D, 1e-2).y;
          const inputs = [tf.tensor2d(xs, [rows, cols]), tf.tensor1d(gs), tf.tensor1d(bs)];
          const back = tf.grads(layer)(inputs, tf.tensor2d(dys, [rows, cols]));
          const [x, g, b] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor];
          return [layer(x, g, b), ...back].map((t) => t.dataSync());
        });
        for (const [i, want] of [y, dx, dg, db].entries()) expectClose([found[i] ?? [], want]);
      }),
      { numRuns: 40 },
    );
  });

  it('agrees on fused layers, batch normalization in use, NaN and infinities', async () => {
    const [xs, fs, bs] = [numbers(2 * 6 * 5 * 3), numbers(3 * 3 * 3 * 4), numbers(4)] as const;
    xs.set([NaN, Infinity, -Infinity], 40);
    expectClose(
      await both(engine, () => {
        const inputs = [tf.tensor4d(xs, [2, 6, 5, 3]), tf.tensor4d(fs, [3, 3, 3, 4]), tf.tensor1d(bs)] as const;
        const [x, filter, bias] = inputs;
        const finite = tf.tensor4d(
          xs.map((v) => (Number.isFinite(v) ? v : 0)),
          [2, 6, 5, 3],
        );
        const layer = (...[a, f, b]: tf.Tensor[]): tf.Tensor =>
          conv2d(a as tf.Tensor4D, f as tf.Tensor4D, b as tf.Tensor1D, { strides: 2, pad: 'same', activation: 'relu' });
        const norm = (...[a, g, b]: tf.Tensor[]): tf.Tensor =>
          batchNorm(a as tf.Tensor, g as tf.Tensor1D, b as tf.Tensor1D).y.square();
        const scale = tf.tensor1d([1, -2, 0.5]);
        return [
          layer(x, filter, bias),
          ...tf.grads(layer)([finite, filter, bias]),
          tf.fused.conv2d({ x, filter, strides: 1, pad: 'valid', bias, activation: 'relu' }),
          norm(finite, scale, scale),
          ...tf.grads(norm)([finite, scale, scale]),
          tf.batchNorm(x, scale, tf.tensor1d([1, 2, 3]), scale, undefined, 1e-5),
          tf.maxPool(x, 3, 2, 'same'),
          tf.avgPool(x, 3, 2, 'same'),
        ];
      }),
    );
  });

  it('draws the normal numbers that their definition gives, whatever their count', async () => {
    for (const count of [0, 1, 2, 127, 128, 129, 1000]) {
      expectClose(await both(engine, () => [standardNormal([count], [7, 4_000_000_000])]), 1e-5);
    }
    await useEngine(engine);
    const whole = standardNormal([1000], [1, 2]).dataSync();
    expect(standardNormal([10, 3], [1, 2]).dataSync()).toEqual(whole.slice(0, 30));
    expect(standardNormal([30], [1, 3]).dataSync()).not.toEqual(whole.slice(0, 30));
  });
});
