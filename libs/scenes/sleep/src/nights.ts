import {
  clearer,
  createFastStore,
  createSlowStore,
  drawItem,
  encodingRate,
  isRecalled,
} from '@engram/scene-brain-parts';
import type { Event, FastStore, Item } from '@engram/scene-brain-parts';
import { mean } from '@engram/metrics';
import { createRng } from '@engram/random';

export const kinds = ['vivid', 'ordinary', 'faint'] as const;
export type Kind = (typeof kinds)[number];

/** How the day's moments got in, in the terms of the scene about attention. */
const moments: Readonly<Record<Kind, Event>> = {
  vivid: { attention: 1, reward: 0.5, surprise: 1 },
  ordinary: { attention: 1, reward: 0, surprise: 0 },
  faint: { attention: 0.7, reward: 0, surprise: 0 },
};
const gains = { base: 0.6, dopamine: 0.6, noradrenaline: 1.2 };
export const strengthOf = (kind: Kind): number => encodingRate(moments[kind], gains);

export const momentsPerKind = 12;
export const mostNights = 10;

export interface Sleep {
  readonly nights: number;
  readonly replay: boolean;
  /** All connections of the fast store are multiplied by this every night; 1 leaves them. */
  readonly scaling: number;
  /** Unrelated experiences on the day after each night. */
  readonly interference: number;
}

/** The two stores on one morning; morning 0 is before the first night. */
export interface Morning {
  /** Share of each kind recalled from both stores together, and from the slow one alone: 0 to 1. */
  readonly recalled: Readonly<Record<Kind, number>>;
  readonly slow: number;
  /** Signal over noise in the fast store, mean over the moments of the day that are still held there. */
  readonly signalToNoise: number;
  /** Share of connections in the fast store that carry nothing, 0 to 1. */
  readonly free: number;
}

const cortex = { units: 400, active: 8 };
const hippocampus = { cue: cortex, content: cortex, index: { units: 400, active: 10 }, keep: 0.995 };
const replaysPerNight = 25;
const lessonRate = 0.08;
/** Connections weaker than this are lost when they are scaled. */
const floor = 0.12;
/** Chance connections that the day leaves behind. */
const chance = { probability: 0.3, strength: 0.25 };

/**
 * One day, then nights: chance connections of the day, replay from the fast store into the slow one, downscaling of the fast
 * one, and a next day that brings unrelated experiences. Yields the mornings as they come.
 */
export function* sleep(settings: Sleep, seed: number): Generator<Morning, void> {
  const rng = createRng(seed).fork('sleep');
  const fast = createFastStore(hippocampus);
  const slow = createSlowStore(cortex, cortex);
  const day = rng.fork('day');
  const items = Array.from({ length: momentsPerKind }, () => kinds)
    .flat()
    .map((kind) => ({ kind, ...drawItem(day, cortex, cortex) }));
  for (const item of items) fast.write(item, strengthOf(item.kind), day);
  fast.scatter(chance.probability, chance.strength, day);
  const look = (): Morning => {
    const both = items.map(({ kind, cue, content }) => ({
      kind,
      isRight: isRecalled(clearer(fast.recall(cue), slow.recall(cue)), content),
    }));
    const share = (kind: Kind) => mean(both.filter((each) => each.kind === kind).map(({ isRight }) => Number(isRight)));
    return {
      recalled: { vivid: share('vivid'), ordinary: share('ordinary'), faint: share('faint') },
      slow: mean(items.map(({ cue, content }) => Number(isRecalled(slow.recall(cue), content)))),
      signalToNoise: mean(items.map((item) => signalToNoise(fast, item))),
      free: fast.free(),
    };
  };
  yield look();
  for (let night = 0; night < settings.nights; night++) {
    const random = rng.fork(night);
    if (settings.replay)
      for (let replay = 0; replay < replaysPerNight; replay++) slow.learn(fast.dream(random), lessonRate);
    if (settings.scaling < 1) fast.downscale(settings.scaling, floor);
    const next = rng.fork(`day ${night}`);
    for (let i = 0; i < settings.interference; i++)
      fast.write(drawItem(next, cortex, cortex), strengthOf('ordinary'), next);
    yield look();
  }
}

/** Mean excitation of the units that belong to an item, over the root mean square of that of all others. */
function signalToNoise(fast: FastStore, { cue, content }: Item): number {
  const echo = fast.echo(cue);
  const own = new Set(content);
  const others = [...echo].filter((_, unit) => !own.has(unit));
  const noise = Math.sqrt(mean(others.map((value) => value * value)));
  return noise === 0 ? 0 : mean([...content].map((unit) => echo[unit] ?? 0)) / noise;
}
