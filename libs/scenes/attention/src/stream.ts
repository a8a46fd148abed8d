import { createSlowStore, drawItem, encodingRate, isRecalled } from '@engram/scene-brain-parts';
import type { Event, Item } from '@engram/scene-brain-parts';
import { mean } from '@engram/metrics';
import { createRng } from '@engram/random';

/** What an event is like; the last kind happens in the stream that is not attended. */
export const kinds = ['neutral', 'surprising', 'rewarded', 'unattended'] as const;
export type Kind = (typeof kinds)[number];

export const eventsPerKind = 25;

export interface Settings {
  /** How much of the unattended stream is kept out, 0 to 1. */
  readonly filter: number;
  /** Gain of noradrenaline, on surprise. */
  readonly noradrenaline: number;
  /** Gain of dopamine, on reward. */
  readonly dopamine: number;
}

const rateOfNeutral = 0.25;
const cortex = { units: 120, active: 8 };

const eventOf = (kind: Kind, { filter }: Settings): Event => ({
  attention: kind === 'unattended' ? 1 - filter : 1,
  reward: Number(kind === 'rewarded'),
  surprise: Number(kind === 'surprising'),
});

/** Learning rate of one event of a kind. */
export const rateOf = (kind: Kind, settings: Settings): number =>
  encodingRate(eventOf(kind, settings), { ...settings, base: rateOfNeutral });

/** Share of the events of each kind that is recalled, 0 to 1. */
export type Recall = Readonly<Record<Kind, number>>;

/**
 * Events of all kinds in random order, each seen once, stored by the delta rule at a rate of its own; later ones disturb
 * earlier ones. Then every event is asked for by its cue.
 */
export function listen(settings: Settings, seed: number): Recall {
  const rng = createRng(seed).fork('stream');
  const store = createSlowStore(cortex, cortex);
  const events: readonly ({ readonly kind: Kind } & Item)[] = Array.from({ length: eventsPerKind }, () => kinds)
    .flat()
    .map((kind) => ({ kind, ...drawItem(rng, cortex, cortex) }));
  for (const place of rng.permutation(events.length)) {
    const event = events[place];
    if (event) store.learn(event, rateOf(event.kind, settings));
  }
  const recalled = (kind: Kind) =>
    mean(
      events
        .filter((event) => event.kind === kind)
        .map(({ cue, content }) => Number(isRecalled(store.recall(cue), content))),
    );
  return {
    neutral: recalled('neutral'),
    surprising: recalled('surprising'),
    rewarded: recalled('rewarded'),
    unattended: recalled('unattended'),
  };
}

/** One stream per seed; yields all recalls so far after each. */
export function* listenAgain(settings: Settings, seeds: readonly number[]): Generator<readonly Recall[], void> {
  const recalls: Recall[] = [];
  for (const seed of seeds) {
    recalls.push(listen(settings, seed));
    yield [...recalls];
  }
}
