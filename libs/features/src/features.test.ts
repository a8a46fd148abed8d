import { disposeState, encodeState, paramList } from '@engram/cl-core';
import { datasetFrom, examplesFrom } from '@engram/datasets';
import type { Dataset } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { createRng } from '@engram/random';
import { mkdtemp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { featureDataset, shippedStack } from './features.node.ts';
import { extractFeatures, featureCount, pretrain } from './index.ts';
import type { PretrainEvent } from './index.ts';
import { augmented, normalizationOf, readPictures } from './pictures.ts';
import { applyStack } from './stack.ts';
import { decodeStack } from './stored.ts';
import { applyTraining, folded, initialStack } from './training-stack.ts';

beforeAll(() => useEngine('auto'));

const pixelsOfPicture = 32 * 32 * 3;

/** Pictures of two classes: noise that is brighter above, or below. */
async function pictures(train: number, test: number): Promise<Dataset> {
  const rng = createRng('pictures');
  const part = (count: number) => {
    const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
    const pixels = Uint8Array.from({ length: count * pixelsOfPicture }, (_, at) => {
      const below = Math.floor(at / 96) % 32 >= 16 ? 1 : 0;
      const bright = below === labels[Math.floor(at / pixelsOfPicture)];
      return rng.integer(100) + (bright ? 120 : 0);
    });
    return examplesFrom(pixels, labels, { shape: [32, 32, 3], scale: 1 / 255, classes: 2, name: 'pictures' });
  };
  return datasetFrom({
    name: 'pictures',
    variant: 'own',
    train: part(train),
    test: part(test),
    classNames: ['above', 'below'],
    licence: 'none',
  });
}

const noise = (count: number): tf.Tensor4D => {
  const rng = createRng('noise');
  return tf.tensor4d(
    Float32Array.from({ length: count * pixelsOfPicture }, () => rng.normal()),
    [count, 32, 32, 3],
  );
};

describe('the stack', () => {
  it('gives the same with normalisation folded into its filters as with the batch statistics they are made of', () => {
    const [folding, training] = tf.tidy(() => {
      const params = initialStack(createRng(3));
      const x = noise(8);
      const { features, moments } = applyTraining(params, x);
      return [applyStack(folded(params, moments), x), features];
    });
    expect(folding.shape).toEqual([8, featureCount]);
    const expected = training.dataSync();
    const largest = Math.max(...expected.map(Math.abs));
    folding.dataSync().forEach((value, i) => {
      expect(Math.abs(value - (expected[i] ?? NaN))).toBeLessThan(1e-4 * largest);
    });
    tf.dispose([folding, training]);
  });

  it('looks at the upper left part of a picture, up to its 17th row and column, for the first 256 features', () => {
    const response = (y: number, x: number): number =>
      tf.tidy(() => {
        const params = initialStack(createRng(3));
        const stack = folded(params, applyTraining(params, noise(4)).moments);
        const dot = tf.buffer([1, 32, 32, 3]);
        dot.set(1, 0, y, x, 0);
        const change = tf.sub(
          applyStack(stack, dot.toTensor() as tf.Tensor4D),
          applyStack(stack, tf.zeros([1, 32, 32, 3])),
        );
        return change.slice([0, 0], [1, 256]).abs().sum().dataSync()[0] ?? NaN;
      });
    expect(response(1, 1)).toBeGreaterThan(0);
    expect(response(16, 16)).toBeGreaterThan(0);
    expect(response(17, 1)).toBe(0);
    expect(response(1, 17)).toBe(0);
  });
});

describe('pictures', () => {
  it('are normalised to mean 0 and variance 1 in each colour', async () => {
    const { train } = await pictures(20, 2);
    const pixels = train.inputs as Uint8Array;
    const normalised = readPictures(
      pixels,
      Int32Array.from({ length: 20 }, (_, i) => i),
      train.scale,
      normalizationOf(pixels, train.scale),
    );
    const { mean, variance } = tf.moments(normalised, [0, 1, 2]);
    for (const value of mean.dataSync()) expect(value).toBeCloseTo(0, 4);
    for (const value of variance.dataSync()) expect(value).toBeCloseTo(1, 4);
    tf.dispose([normalised, mean, variance]);
  });

  it('are moved, mirrored at the edge, and flipped', () => {
    // each pixel says its column in red and its row in green
    const source = Uint8Array.from({ length: pixelsOfPicture }, (_, at) => {
      const pixel = Math.floor(at / 3);
      return [pixel % 32, Math.floor(pixel / 32), 7][at % 3] ?? 0;
    });
    const drawing = (...draws: number[]) => ({ ...createRng(0), integer: () => draws.shift() ?? 0 });
    const pixel = (copy: Uint8Array, y: number, x: number): number[] => [
      ...copy.subarray(3 * (32 * y + x)).subarray(0, 3),
    ];
    // down by 6 − 4 = 2, right by 1 − 4 = −3, not flipped
    const moved = augmented(source, Int32Array.of(0), drawing(6, 1, 0));
    expect(pixel(moved, 0, 3)).toEqual([0, 2, 7]);
    expect(pixel(moved, 0, 0)).toEqual([2, 2, 7]);
    expect(pixel(moved, 31, 10)).toEqual([7, 30, 7]);
    // not moved, flipped
    const flipped = augmented(source, Int32Array.of(0), drawing(4, 4, 1));
    expect(pixel(flipped, 5, 0)).toEqual([31, 5, 7]);
    expect(pixel(flipped, 5, 31)).toEqual([0, 5, 7]);
  });

  it('of another size are refused, and the message says what is needed', async () => {
    const labels = Int32Array.of(0, 1);
    const small = examplesFrom(new Uint8Array(2 * 64), labels, {
      shape: [8, 8, 1],
      scale: 1,
      classes: 2,
      name: 'small',
    });
    const dataset = await datasetFrom({
      name: 'small',
      variant: 'own',
      train: small,
      test: small,
      classNames: ['a', 'b'],
      licence: 'none',
    });
    await expect(extractFeatures(dataset, {})).rejects.toThrow('small has 8 × 8 × 1');
  });
});

describe('pretraining', () => {
  const train = async (seed: number, signal?: AbortSignal): Promise<PretrainEvent[]> => {
    const options = { epochs: 3, batchSize: 16, learningRate: 0.002, head: [8], rng: createRng(seed), signal };
    const events: PretrainEvent[] = [];
    for await (const event of pretrain(await pictures(96, 40), options)) events.push(event);
    return events;
  };
  const lastEpoch = (events: readonly PretrainEvent[]) => events.findLast((event) => event.type === 'epoch');
  const release = (events: readonly PretrainEvent[]): void =>
    events.forEach((event) => {
      if (event.type === 'epoch') disposeState(event.stack);
    });

  it('learns, leaves no tensors, and gives the same bits for the same seed', async () => {
    const before = tf.memory().numTensors;
    const [first, again, other] = [await train(1), await train(1), await train(2)];
    expect(lastEpoch(first)?.accuracy).toBeGreaterThan(0.9);
    const bits = async (events: readonly PretrainEvent[]) => encodeState(lastEpoch(events)?.stack);
    expect(await bits(again)).toEqual(await bits(first));
    expect(await bits(other)).not.toEqual(await bits(first));
    for (const events of [first, again, other]) release(events);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('stops when it is told to', async () => {
    const before = tf.memory().numTensors;
    expect(await train(1, AbortSignal.abort())).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('features', () => {
  it('are computed once, read from the cache, and made anew where the cache is damaged', async () => {
    const cacheDir = await mkdtemp(join(tmpdir(), 'engram-features-'));
    const dataset = await pictures(12, 6);
    let passes = 0;
    const options = { engine: 'test', cacheDir, onProgress: () => passes++ };
    const first = await featureDataset(dataset, shippedStack, options);
    expect(first.train.shape).toEqual([featureCount]);
    expect(first.train.labels).toEqual(dataset.train.labels);
    expect(first.hash).not.toBe(dataset.hash);
    const passesOnce = passes;
    expect(passesOnce).toBeGreaterThan(0);
    expect((await featureDataset(dataset, shippedStack, options)).hash).toBe(first.hash);
    expect(passes).toBe(passesOnce);
    const folder = join(cacheDir, 'features');
    const files = await readdir(folder);
    expect(files).toHaveLength(1);
    await truncate(join(folder, files[0] ?? ''), 1000);
    expect((await featureDataset(dataset, shippedStack, options)).hash).toBe(first.hash);
    expect(passes).toBe(2 * passesOnce);
  });

  it('need layers that exist and are whole', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'engram-features-'));
    const dataset = await pictures(2, 2);
    const options = { engine: 'test', cacheDir: folder };
    await expect(featureDataset(dataset, join(folder, 'none'), options)).rejects.toThrow('engram features pretrain');
    await writeFile(join(folder, 'other'), await encodeState({ format: 'something else' }));
    await expect(featureDataset(dataset, join(folder, 'other'), options)).rejects.toThrow('no convolutional features');
  });

  it('are shipped with where they come from', async () => {
    const file = await readFile(new URL(`../data/${shippedStack}.stack`, import.meta.url));
    const { origin, stack } = await decodeStack(file);
    expect(origin).toMatchObject({ dataset: 'cifar10', seed: 1 });
    expect(paramList(stack).reduce((sum, { size }) => sum + size, 0)).toBe(392_608);
    expect(file.length).toBeLessThan(1_600_000);
    disposeState(stack);
  });
});
