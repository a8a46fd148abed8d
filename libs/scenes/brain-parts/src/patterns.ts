import type { Rng } from '@engram/random';

/** A sparse pattern: the indices of its active units. */
export type Pattern = Int32Array;

/** How many units a layer has, and how many of them are active at a time. */
export interface Layer {
  readonly units: number;
  readonly active: number;
}

/** Something that happened: a cue (when, where, with whom) and what went with it. */
export interface Item {
  readonly cue: Pattern;
  readonly content: Pattern;
}

/** A cue and a content, both sparse and both random. */
export const drawItem = (rng: Rng, cue: Layer, content: Layer): Item => ({
  cue: rng.sample(cue.units, cue.active),
  content: rng.sample(content.units, content.active),
});

/**
 * The `count` most excited units, most excited first (k winners take all: the inhibition that keeps activity sparse).
 * Units without excitation never win; of equals the lower index wins.
 */
export function winners(activation: Float32Array, count: number): Pattern {
  const best: number[] = [];
  let lowest = 0;
  for (let unit = 0; unit < activation.length; unit++) {
    const value = activation[unit] ?? 0;
    if (value <= lowest) continue;
    let place = best.length;
    while (place > 0 && (activation[best[place - 1] ?? 0] ?? 0) < value) place--;
    best.splice(place, 0, unit);
    if (best.length > count) best.pop();
    if (best.length === count) lowest = activation[best[count - 1] ?? 0] ?? 0;
  }
  return Int32Array.from(best);
}

/** Fraction of `pattern` that `answer` contains, 0 to 1. */
export function overlap(answer: Pattern, pattern: Pattern): number {
  const has = new Set(answer);
  return pattern.filter((unit) => has.has(unit)).length / pattern.length;
}
