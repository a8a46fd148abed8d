import { clearer, createFastStore, createSlowStore, drawItem, isRecalled } from '@engram/scene-brain-parts';
import type { Item } from '@engram/scene-brain-parts';
import { createRng } from '@engram/random';

/** A life of forty model years with ten events each: 400 items. Model years are not calendar years. */
export const years = 40;
export const eventsPerYear = 10;

export interface Surgery {
  /** How many years were lived before the surgery. */
  readonly year: number;
  /** Share of the fast store's units that is lost, 0 to 1. */
  readonly fraction: number;
}

/** What one simulated person recalls at the end of life, out of the events of each year: fractions, 0 to 1. */
export interface Life {
  readonly recalled: readonly number[];
}

const cortex = { units: 1000, active: 8 };
const hippocampus = { cue: cortex, content: cortex, index: { units: 600, active: 12 }, keep: 0.993 };
const replaysPerYear = 60;
const lessonRate = 0.1;

/**
 * Lives one life, a year per step: events go into the fast store, and what it calls up by itself at night teaches the slow
 * store a little (McClelland, McNaughton & O'Reilly 1995). Surgery removes fast units and touches nothing else.
 */
export function* live(surgery: Surgery, seed: number): Generator<number, Life> {
  const rng = createRng(seed).fork('life');
  const fast = createFastStore(hippocampus);
  const slow = createSlowStore(cortex, cortex);
  const events: Item[] = [];
  for (let year = 0; year < years; year++) {
    if (year === surgery.year) fast.lesion(surgery.fraction, rng.fork('surgery'));
    const random = rng.fork(year);
    for (let i = 0; i < eventsPerYear; i++) {
      const event = drawItem(random, cortex, cortex);
      events.push(event);
      fast.write(event, 1, random);
    }
    for (let replay = 0; replay < replaysPerYear; replay++) slow.learn(fast.dream(random), lessonRate);
    yield year;
  }
  const remembered = events.map(({ cue, content }) => isRecalled(clearer(fast.recall(cue), slow.recall(cue)), content));
  return {
    recalled: Array.from({ length: years }, (_, year) => {
      const ofYear = remembered.slice(year * eventsPerYear, (year + 1) * eventsPerYear);
      return ofYear.filter(Boolean).length / eventsPerYear;
    }),
  };
}
