import { readBatch } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { DataError } from '@engram/datasets';
import type { Examples } from '@engram/datasets';
import type { Rng } from '@engram/random';
import { channels, side } from './stack.ts';

const colours = channels[0];
const pixelsOfPicture = side * side * colours;

/** Mean and standard deviation of each colour over the training pictures, of values in [0, 1]. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Throws DataError `wrong-format` unless the examples are colour pictures of 32 × 32 bytes. */
export function requirePictures(examples: Examples, name: string): Uint8Array {
  const { inputs, shape } = examples;
  if (inputs instanceof Uint8Array && shape.join() === [side, side, colours].join()) return inputs;
  throw new DataError(
    'wrong-format',
    `Features are computed from colour pictures of ${side} × ${side} pixels; ${name} has ${shape.join(' × ')}. Use cifar10 or cifar100, or leave the features out.`,
  );
}

export function normalizationOf(pixels: Uint8Array, scale: number): Normalization {
  const sums = Array.from({ length: colours }, () => ({ sum: 0, squares: 0 }));
  for (let i = 0; i < pixels.length; i += colours) {
    sums.forEach((own, colour) => {
      const value = pixels[i + colour] ?? 0;
      own.sum += value;
      own.squares += value * value;
    });
  }
  const count = pixels.length / colours;
  const mean = sums.map(({ sum }) => sum / count);
  return {
    mean: mean.map((m) => m * scale),
    deviation: sums.map(({ squares }, c) => Math.sqrt(squares / count - (mean[c] ?? 0) ** 2) * scale),
  };
}

/** Rows of bytes as normalised pictures: [rows, 32, 32, 3]. */
export const readPictures = (
  source: Uint8Array,
  rows: Int32Array,
  scale: number,
  { mean, deviation }: Normalization,
): tf.Tensor4D =>
  tf.tidy(() => {
    const pixels = readBatch({ source, rows, rowLength: pixelsOfPicture, scale });
    const pictures = tf.reshape(pixels, [rows.length, side, side, colours]);
    return tf.div<tf.Tensor4D>(tf.sub(pictures, tf.tensor1d([...mean])), tf.tensor1d([...deviation]));
  });

const mostShift = 4;

/**
 * Copies of some pictures, each moved by up to four pixels either way, with what moves in mirrored at the edge, and half of them
 * flipped left to right.
 */
export function augmented(source: Uint8Array, rows: Int32Array, rng: Rng): Uint8Array {
  const copies = new Uint8Array(rows.length * pixelsOfPicture);
  const columns = new Int32Array(side);
  rows.forEach((row, n) => {
    const down = rng.integer(2 * mostShift + 1) - mostShift;
    const right = rng.integer(2 * mostShift + 1) - mostShift;
    const flip = rng.integer(2) === 1;
    for (let x = 0; x < side; x++) columns[x] = mirrored((flip ? side - 1 - x : x) + right);
    for (let y = 0; y < side; y++) {
      const line = row * pixelsOfPicture + mirrored(y + down) * side * colours;
      const target = n * pixelsOfPicture + y * side * colours;
      for (let x = 0; x < side; x++) {
        const from = line + (columns[x] ?? 0) * colours;
        for (let colour = 0; colour < colours; colour++)
          copies[target + x * colours + colour] = source[from + colour] ?? 0;
      }
    }
  });
  return copies;
}

/** −1 is 0, −2 is 1, and likewise behind the other edge. */
const mirrored = (at: number): number => (at < 0 ? -1 - at : at >= side ? 2 * side - 1 - at : at);
