import * as tf from '#tf';
import { fusedKernels, hasFused, runFused } from './fused.ts';

/**
 * Standard normal numbers: the stream named by two 32-bit words, from its beginning. Words come from Threefry-2x32 with 20
 * rounds (Salmon et al. 2011, doi:10.1145/2063384.2063405), pairs of numbers from those by Box and Muller's method:
 * value 2i is √(−2 ln u) cos 2πv and value 2i + 1 is √(−2 ln u) sin 2πv, u and v the upper 24 bits of word pair i.
 */
export function standardNormal<S extends readonly number[]>(shape: S, key: readonly [number, number]): tf.Tensor {
  const [key0, key1] = [key[0] >>> 0, key[1] >>> 0];
  if (hasFused(fusedKernels.normal)) {
    return runFused(fusedKernels.normal, {}, { shape: [...shape], key0, key1 })[0] as tf.Tensor;
  }
  const values = new Float32Array(tf.util.sizeFromShape([...shape]));
  for (let i = 0; i < values.length; i += 2) {
    const [a, b] = threefry(i / 2, key0, key1);
    const size = Math.sqrt(-2 * Math.log(((a >>> 8) + 1) / 2 ** 24));
    const angle = (2 * Math.PI * (b >>> 8)) / 2 ** 24;
    values[i] = size * Math.cos(angle);
    if (i + 1 < values.length) values[i + 1] = size * Math.sin(angle);
  }
  return tf.tensor(values, [...shape]);
}

const turns = [13, 15, 26, 6, 17, 29, 16, 24] as const;

function threefry(counter: number, key0: number, key1: number): readonly [number, number] {
  const keys = [key0 | 0, key1 | 0, 0x1bd11bda ^ key0 ^ key1] as const;
  const keyAt = (i: number): number => keys[(i % 3) as 0 | 1 | 2];
  let [a, b] = [(counter + keys[0]) | 0, keys[1]];
  for (let round = 0; round < 20; round++) {
    const by = turns[(round % 8) as 0];
    a = (a + b) | 0;
    b = ((b << by) | (b >>> (32 - by))) ^ a;
    if (round % 4 === 3) {
      const group = (round + 1) / 4;
      a = (a + keyAt(group)) | 0;
      b = (b + keyAt(group + 1) + group) | 0;
    }
  }
  return [a, b];
}
