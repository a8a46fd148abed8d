import { createSlowStore, encodingRate } from '@engram/scene-brain-parts';
import type { Item } from '@engram/scene-brain-parts';
import { mean } from '@engram/metrics';
import { createRng } from '@engram/random';

/** One moment after the other, each with its intensity from 0 (dull) to 1. */
export type Episode = readonly number[];

export interface Judgement {
  /** Mean intensity as it was lived. */
  readonly lived: number;
  /** Mean intensity as it is remembered: each moment counts as much as its trace is clear. */
  readonly remembered: number;
  /** Mean of the most intense and the last moment, which is what people's ratings follow (Kahneman et al. 1993). */
  readonly peakAndEnd: number;
  /** Clarity of each moment's trace, as a share of all. */
  readonly weights: readonly number[];
}

const layer = { units: 80, active: 8 };
const rateOfDull = 0.3;
/** Traces compete for recall: a moment counts with its strength to this power. */
const rivalry = 3;
/** Units that all moments of an episode share: they were in one place, on one day. */
const shared = 4;

/** Stores an episode with a rate that rises with intensity, and asks what is left of each moment; mean over the seeds. */
export function remember(episode: Episode, noradrenaline: number, seeds: readonly number[]): Judgement {
  const clarities = seeds.map((seed) => clarityOfMoments(episode, noradrenaline, seed));
  const clear = episode.map((_, moment) => mean(clarities.map((each) => each[moment] ?? 0)));
  const total = clear.reduce((sum, each) => sum + each, 0);
  const weights = clear.map((each) => (total === 0 ? 1 / episode.length : each / total));
  return {
    lived: mean(episode),
    remembered: episode.reduce((sum, intensity, moment) => sum + intensity * (weights[moment] ?? 0), 0),
    peakAndEnd: (Math.max(...episode) + (episode.at(-1) ?? 0)) / 2,
    weights,
  };
}

function clarityOfMoments(episode: Episode, noradrenaline: number, seed: number): readonly number[] {
  const rng = createRng(seed).fork('episode');
  const place = rng.sample(layer.units, shared);
  const moments: readonly Item[] = episode.map(() => {
    const own = rng.sample(layer.units, layer.units).filter((unit) => !place.includes(unit));
    const cue = Int32Array.from([...place, ...own.slice(0, layer.active - shared)]);
    return { cue, content: rng.sample(layer.units, layer.active) };
  });
  const store = createSlowStore(layer, layer);
  for (const [i, moment] of moments.entries()) {
    const event = { attention: 1, reward: 0, surprise: episode[i] ?? 0 };
    store.learn(moment, encodingRate(event, { base: rateOfDull, dopamine: 0, noradrenaline }));
  }
  return moments.map(({ cue, content }) => store.strength(cue, content) ** rivalry);
}
