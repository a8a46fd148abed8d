import * as tf from '@engram/engine/tf';
import type { Rng } from '@engram/random';
import { ClError } from './errors.ts';
import type { Params } from './params.ts';

export interface Lesion {
  /** Single weights and biases, or whole hidden units. */
  readonly target: 'weights' | 'units';
  /** Which of them; importance is given. */
  readonly which: 'random' | 'most-important' | 'least-important';
  /** The share of them that is hit, 0 to 1. */
  readonly share: number;
  /** What is left of a weight that is hit: 0 removes it, ½ lets it decay by half. Default 0. */
  readonly remaining?: number;
}

/** A weight, or the incoming weights and the bias of a hidden unit: places in the tensors, by name. */
interface Site {
  readonly importance: number;
  readonly places: readonly (readonly [name: string, from: number, step: number, count: number])[];
}

/**
 * The weights of a multi-layer perceptron after damage: a share of them, or of the hidden units, is removed or decays.
 * `importance` (for example the Fisher information) has the same names and shapes; a unit's is the sum over its incoming weights
 * and its bias. Random sites come from `rng`; equally important ones are hit in order.
 */
export function lesioned(params: Params, importance: Params, lesion: Lesion, rng: Rng): Params {
  const { target, which, share, remaining = 0 } = lesion;
  if (!(share >= 0 && share <= 1)) {
    throw new ClError('wrong-input', `The share of a lesion is between 0 and 1, got ${share}. Choose such a share.`);
  }
  const values = read(params);
  const sites = target === 'weights' ? weightSites(read(importance)) : unitSites(params, read(importance));
  const hit = Math.round(share * sites.length);
  const order = which === 'random' ? rng.permutation(sites.length) : ranked(sites, which === 'most-important');
  for (const at of order.subarray(0, hit)) {
    for (const [name, from, step, count] of sites[at]?.places ?? []) {
      const tensor = values[name] ?? new Float32Array();
      for (let n = 0; n < count; n++) tensor[from + n * step] = remaining * (tensor[from + n * step] ?? 0);
    }
  }
  return Object.fromEntries(
    Object.entries(params).map(([name, { shape }]) => [name, tf.tensor(values[name] ?? [], [...shape])] as const),
  );
}

const read = (params: Params): Record<string, Float32Array> =>
  Object.fromEntries(Object.entries(params).map(([name, tensor]) => [name, tensor.dataSync<'float32'>().slice()]));

function ranked(sites: readonly Site[], descending: boolean): Int32Array {
  const sign = descending ? -1 : 1;
  const of = (at: number): number => sites[at]?.importance ?? 0;
  return Int32Array.from(sites.keys()).sort((a, b) => sign * (of(a) - of(b)) || a - b);
}

const weightSites = (importance: Readonly<Record<string, Float32Array>>): readonly Site[] =>
  Object.entries(importance).flatMap(([name, values]) =>
    Array.from(values, (own, at): Site => ({ importance: own, places: [[name, at, 1, 1]] })),
  );

/** The hidden units of layers `kernel0`, `bias0`, `kernel1` …; the last layer has none. */
function unitSites(params: Params, importance: Readonly<Record<string, Float32Array>>): readonly Site[] {
  const sites: Site[] = [];
  for (let l = 0; params[`kernel${l + 1}`] !== undefined; l++) {
    const [inputs = 0, units = 0] = params[`kernel${l}`]?.shape ?? [];
    for (let unit = 0; unit < units; unit++) {
      const places: Site['places'] = [
        [`kernel${l}`, unit, units, inputs],
        ...(params[`bias${l}`] === undefined ? [] : [[`bias${l}`, unit, 1, 1] as const]),
      ];
      const total = places.reduce((sum, [name, from, step, count]) => {
        for (let n = 0; n < count; n++) sum += importance[name]?.[from + n * step] ?? 0;
        return sum;
      }, 0);
      sites.push({ importance: total, places });
    }
  }
  return sites;
}
