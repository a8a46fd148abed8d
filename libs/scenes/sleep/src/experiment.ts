import { flag, inRange, oneOf, seed, stateOf } from '@engram/scene-kit/plain';
import { mean } from '@engram/metrics';
import { kinds, mostNights, sleep } from './nights.ts';
import type { Kind, Morning, Sleep } from './nights.ts';

export const views = ['recall', 'slow', 'signal'] as const;

/** What the reader can set; all of it stands in the link. */
export const schema = stateOf({
  nights: inRange({ min: 0, max: mostNights, step: 1, initial: 7 }),
  replay: flag(true),
  scaling: inRange({ min: 0.7, max: 1, step: 0.05, initial: 0.9 }),
  interference: inRange({ min: 0, max: 40, step: 5, initial: 5 }),
  view: oneOf(views, 'recall'),
  seed: seed(1),
});

export type State = ReturnType<typeof schema.parse>;

const people = 3;

/** Mornings as the mean over the people simulated so far. */
export interface Findings {
  readonly settings: Sleep;
  readonly seeds: readonly number[];
  readonly mornings: readonly Morning[];
}

const settingsOf = ({ nights, replay, scaling, interference }: State): Sleep => ({
  nights,
  replay,
  scaling,
  interference,
});

const seedsOf = ({ seed: first }: State): readonly number[] => Array.from({ length: people }, (_, i) => first + i);

/** One person after the other; yields after every morning what all have shown so far, null before the first is through. */
export function* simulate(state: State): Generator<Findings | null, void> {
  const settings = settingsOf(state);
  const seeds = seedsOf(state);
  const done: Morning[][] = [];
  let findings: Findings | null = null;
  for (const one of seeds) {
    const mornings: Morning[] = [];
    for (const morning of sleep(settings, one)) {
      mornings.push(morning);
      yield findings;
    }
    done.push(mornings);
    findings = {
      settings,
      seeds: seeds.slice(0, done.length),
      mornings: mornings.map((_, night) => average(done.map((each) => each[night] ?? nothing))),
    };
    yield findings;
  }
}

export const stepsOf = (state: State): number => people * (state.nights + 2);

const nothing: Morning = { recalled: { vivid: 0, ordinary: 0, faint: 0 }, slow: 0, signalToNoise: 0, free: 0 };

function average(mornings: readonly Morning[]): Morning {
  const of = (read: (morning: Morning) => number) => mean(mornings.map(read));
  const share = (kind: Kind) => of(({ recalled }) => recalled[kind]);
  return {
    recalled: { vivid: share('vivid'), ordinary: share('ordinary'), faint: share('faint') },
    slow: of(({ slow }) => slow),
    signalToNoise: of(({ signalToNoise }) => signalToNoise),
    free: of(({ free }) => free),
  };
}

/** Recall over all kinds of moments, from both stores. */
export const recalledInAll = ({ recalled }: Morning): number => mean(kinds.map((kind) => recalled[kind]));

/** The findings for the initial settings, to four digits: what the still figure shows. */
export function still(): unknown {
  const findings = [...simulate(schema.parse({}))].at(-1);
  return JSON.parse(
    JSON.stringify(findings, (_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(4)) : value)),
  );
}
