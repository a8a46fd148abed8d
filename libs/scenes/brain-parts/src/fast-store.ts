import type { Rng } from '@engram/random';
import type { Item, Layer, Pattern } from './patterns.ts';
import { winners } from './patterns.ts';
import type { Answer } from './recall.ts';
import { answer } from './recall.ts';
import type { Weights } from './weights.ts';
import { associate, downscale, excite, noWeights } from './weights.ts';

export interface FastStoreOptions {
  readonly cue: Layer;
  readonly content: Layer;
  /** Units that stand for whole episodes; each item gets a random few of them, so that similar items stay apart. */
  readonly index: Layer;
  /** What is left of every trace when one more item is stored, 0 to 1: this limits the capacity. */
  readonly keep: number;
}

/**
 * A hippocampus in miniature: one exposure binds the parts of an item to index units of its own (Teyler & DiScenna 1986,
 * doi:10.1037/0735-7044.100.2.147), later items weaken earlier ones, and left to itself it calls up what it holds.
 */
export interface FastStore extends FastStoreOptions {
  /** Binds cue and content through index units that are still alive. */
  write(item: Item, strength: number, rng: Rng): void;
  recall(cue: Pattern): Answer;
  /** From a single index unit, back and forth until activity settles: an item, or a mixture of several. */
  dream(rng: Rng): Item;
  /** Removes a random share of the index units for good. */
  lesion(fraction: number, rng: Rng): void;
  /** Adds connections by chance: each with this probability, and a strength uniform from 0 to `strength`. */
  scatter(probability: number, strength: number, rng: Rng): void;
  /**
   * All connections times `factor`; those that end up weaker than `floor` are lost. Excitability follows, so that scaling
   * alone makes nothing less clear.
   */
  downscale(factor: number, floor: number): void;
  /** Share of connections that carry nothing, 0 to 1. */
  free(): number;
  /** Excitation of every content unit by a cue, before any winner is chosen; 1 for a perfect trace. */
  echo(cue: Pattern): Float32Array;
}

const roundsOfSettling = 3;

export function createFastStore(options: FastStoreOptions): FastStore {
  const { cue, content, index, keep } = options;
  const cueToIndex = noWeights(cue.units, index.units);
  const contentToIndex = noWeights(content.units, index.units);
  const indexToCue = noWeights(index.units, cue.units);
  const indexToContent = noWeights(index.units, content.units);
  const all: readonly Weights[] = [cueToIndex, contentToIndex, indexToCue, indexToContent];
  let alive: Int32Array = Int32Array.from({ length: index.units }, (_, unit) => unit);
  let isAlive = new Uint8Array(index.units).fill(1);
  // Winners do not depend on scale: instead of weakening every old trace, new ones are written stronger.
  let unit = 1;
  let excitability = 1;

  const indexOf = (...sums: readonly Float32Array[]): Pattern => {
    const activation = new Float32Array(index.units);
    for (let i = 0; i < index.units; i++)
      if (isAlive[i] === 1) for (const sum of sums) activation[i] = (activation[i] ?? 0) + (sum[i] ?? 0);
    return winners(activation, index.active);
  };

  const episodeOf = (pattern: Pattern): { readonly episode: Pattern; readonly fit: number } => {
    const match = excite(cueToIndex, pattern);
    const episode = indexOf(match);
    const perfect = (index.active * cue.active * unit) / excitability;
    return { episode, fit: episode.reduce((sum, i) => sum + (match[i] ?? 0), 0) / perfect };
  };
  const contentOf = (episode: Pattern): Float32Array =>
    excite(indexToContent, episode).map((value) => (value * excitability) / (index.active * unit));

  return {
    ...options,
    write(item, strength, rng) {
      unit /= keep;
      const share = Math.round((index.active * alive.length) / index.units);
      const episode = rng.sample(alive.length, share).map((place) => alive[place] ?? 0);
      associate(cueToIndex, item.cue, episode, unit * strength);
      associate(contentToIndex, item.content, episode, unit * strength);
      associate(indexToCue, episode, item.cue, unit * strength);
      associate(indexToContent, episode, item.content, unit * strength);
    },
    // both steps count: how well an episode fits the cue, and how clear its content is
    recall(pattern) {
      const { episode, fit } = episodeOf(pattern);
      const found = answer(contentOf(episode), content.active, 1);
      return { ...found, clarity: fit * found.clarity };
    },
    dream(rng) {
      if (alive.length === 0) return { cue: new Int32Array(0), content: new Int32Array(0) };
      let episode: Pattern = Int32Array.of(alive[rng.integer(alive.length)] ?? 0);
      for (let round = 0; ; round++) {
        const item = {
          cue: winners(excite(indexToCue, episode), cue.active),
          content: winners(excite(indexToContent, episode), content.active),
        };
        const next = indexOf(excite(cueToIndex, item.cue), excite(contentToIndex, item.content));
        if (round === roundsOfSettling || String(next) === String(episode)) return item;
        episode = next;
      }
    },
    lesion(fraction, rng) {
      const lost = rng.sample(alive.length, Math.round(fraction * alive.length)).map((place) => alive[place] ?? 0);
      isAlive = isAlive.slice();
      for (const dead of lost) isAlive[dead] = 0;
      alive = alive.filter((each) => isAlive[each] === 1);
    },
    scatter(probability, strength, rng) {
      for (const { values } of all)
        for (let k = 0; k < values.length; k++)
          if (rng.float() < probability) values[k] = (values[k] ?? 0) + unit * strength * rng.float();
    },
    downscale(factor, floor) {
      for (const weights of all) downscale(weights, factor, floor * unit);
      excitability /= factor;
    },
    free() {
      const empty = all.reduce((sum, { values }) => sum + values.reduce((n, value) => n + Number(value === 0), 0), 0);
      return empty / all.reduce((sum, { values }) => sum + values.length, 0);
    },
    echo: (pattern) => contentOf(episodeOf(pattern).episode),
  };
}
