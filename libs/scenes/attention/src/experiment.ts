import { mean, standardDeviation } from '@engram/metrics';
import { inRange, oneOf, seed, stateOf } from '@engram/scene-kit/plain';
import { remember } from './episode.ts';
import type { Episode, Judgement } from './episode.ts';
import { listenAgain } from './stream.ts';
import type { Kind, Settings } from './stream.ts';

export const views = ['stream', 'episode'] as const;

/** What the reader can set; all of it stands in the link. */
export const schema = stateOf({
  filter: inRange({ min: 0, max: 1, step: 0.05, initial: 0.9 }),
  noradrenaline: inRange({ min: 0, max: 2, step: 0.1, initial: 0.8 }),
  dopamine: inRange({ min: 0, max: 2, step: 0.1, initial: 0.5 }),
  peak: inRange({ min: 0, max: 1, step: 0.1, initial: 1 }),
  end: inRange({ min: 0, max: 1, step: 0.1, initial: 0.8 }),
  view: oneOf(views, 'stream'),
  seed: seed(1),
});

export type State = ReturnType<typeof schema.parse>;

export const streams = 24;

/** How many of the dull moments there are, which one is the peak, and how dull the others are. */
const moments = 12;
const peakAt = 4;
const dull = 0.2;

export interface Share {
  readonly mean: number;
  /** Standard deviation over streams. */
  readonly spread: number;
}

export interface Findings {
  readonly settings: Settings;
  readonly seeds: readonly number[];
  readonly recalled: Readonly<Record<Kind, Share>>;
  readonly episode: Episode;
  readonly judgement: Judgement;
}

export const episodeOf = ({ peak, end }: Pick<State, 'peak' | 'end'>): Episode =>
  Array.from({ length: moments }, (_, moment) => (moment === peakAt ? peak : moment === moments - 1 ? end : dull));

/** Streams of events, one per seed; yields what all so far have shown. */
export function* simulate(state: State): Generator<Findings, void> {
  const { filter, noradrenaline, dopamine } = state;
  const settings = { filter, noradrenaline, dopamine };
  const seeds = Array.from({ length: streams }, (_, i) => state.seed + i);
  const episode = episodeOf(state);
  const judgement = remember(episode, noradrenaline, seeds);
  for (const recalls of listenAgain(settings, seeds)) {
    const share = (kind: Kind): Share => {
      const values = recalls.map((recall) => recall[kind]);
      return { mean: mean(values), spread: standardDeviation(values) ?? 0 };
    };
    yield {
      settings,
      seeds: seeds.slice(0, recalls.length),
      recalled: {
        neutral: share('neutral'),
        surprising: share('surprising'),
        rewarded: share('rewarded'),
        unattended: share('unattended'),
      },
      episode,
      judgement,
    };
  }
}

/** The findings for the initial settings, to four digits: what the still figure shows. */
export function still(): unknown {
  const findings = [...simulate(schema.parse({}))].at(-1);
  return JSON.parse(
    JSON.stringify(findings, (_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(4)) : value)),
  );
}
