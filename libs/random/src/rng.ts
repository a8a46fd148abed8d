/**
 * Seeded random numbers with named, independent streams.
 *
 * Generator: sfc32 (small fast counter, Chris Doty-Humphrey, PractRand), 128 bits of state, period at least 2³².
 * A fork's state is a hash of its whole path (seed, then every label), so adding a draw in one place moves no number in
 * another, and a stream is rebuilt from its labels alone: nothing random has to be stored to resume a run.
 */
export interface Rng {
  /** Independent stream named `label`; neither reads nor advances this one. */
  fork(label: string | number): Rng;
  /** Uniform integer in [0, 2³²). */
  uint32(): number;
  /** Uniform in [0, 1), a multiple of 2⁻³². */
  float(): number;
  /** Uniform integer in [0, n), without modulo bias; n in 1…2³². */
  integer(n: number): number;
  /** Standard normal (Box-Muller, the cosine branch). */
  normal(): number;
  /** Uniform permutation of 0…n−1 (Fisher-Yates). */
  permutation(n: number): Int32Array;
  /** k distinct numbers out of 0…n−1, in random order; every k-subset equally likely. */
  sample(n: number, k: number): Int32Array;
}

type State = readonly [number, number, number, number];

export function createRng(seed: number | string): Rng {
  return rngFrom(absorb([0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef], String(seed)));
}

function rngFrom(key: State): Rng {
  let [a, b, c, d] = key;
  const uint32 = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) uint32();

  const float = () => uint32() / 2 ** 32;
  const integer = (n: number): number => {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) throw new RangeError(`integer(n) needs n in 1…2³², got ${n}.`);
    const limit = 2 ** 32 - (2 ** 32 % n);
    let draw = uint32();
    while (draw >= limit) draw = uint32();
    return draw % n;
  };
  const sample = (n: number, k: number): Int32Array => {
    if (k < 0 || k > n) throw new RangeError(`sample(n, k) needs 0 ≤ k ≤ n, got n = ${n}, k = ${k}.`);
    // drawn for every batch: filling it by a function would take longer than all the rest
    const items = new Int32Array(n);
    for (let i = 0; i < n; i++) items[i] = i;
    for (let i = 0; i < Math.min(k, n - 1); i++) {
      const j = i + integer(n - i);
      const picked = items[j] ?? 0;
      items[j] = items[i] ?? 0;
      items[i] = picked;
    }
    return items.slice(0, k);
  };
  return {
    fork: (label) => rngFrom(absorb(key, typeof label === 'number' ? `#${label}` : label)),
    uint32,
    float,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - float())) * Math.cos(2 * Math.PI * float()),
    permutation: (n) => sample(n, n),
    sample,
  };
}

/** Mixes a label into a 128-bit state, one UTF-16 unit at a time, with MurmurHash3's multiply-rotate rounds. */
function absorb(key: State, label: string): State {
  let [a, b, c, d] = key;
  const round = (x: number, unit: number, factor: number, turn: number): number => {
    const k = Math.imul(unit ^ (unit << 16), factor);
    const mixed = x ^ ((k << 15) | (k >>> 17));
    return (Math.imul((mixed << turn) | (mixed >>> (32 - turn)), 5) + 0xe6546b64) | 0;
  };
  for (let i = 0; i <= label.length; i++) {
    const unit = i < label.length ? label.charCodeAt(i) + 1 : 0x10001 + label.length;
    a = round(a ^ d, unit, 0xcc9e2d51, 13);
    b = round(b ^ a, unit, 0x1b873593, 15);
    c = round(c ^ b, unit, 0x85ebca6b, 17);
    d = round(d ^ c, unit, 0xc2b2ae35, 19);
  }
  return [finish(a ^ c), finish(b ^ d), finish(c ^ b), finish(d ^ a)];
}

/** MurmurHash3's final avalanche. */
function finish(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
