import { mean, standardDeviation } from '@engram/metrics';
import { createRng } from '@engram/random';
import { live, years } from './life.ts';
import type { Life, Surgery } from './life.ts';
import { digitSpan, practiseMirrorDrawing } from './spared.ts';

export interface Estimate {
  readonly mean: number;
  /** Standard deviation over simulated people. */
  readonly spread: number;
}

export interface Findings {
  readonly surgery: Surgery;
  readonly seeds: readonly number[];
  /** Recall of the events of each year, 0 to 1. */
  readonly recall: readonly Estimate[];
  /** Events of more than ten years before surgery, of the last two years before it, and of all years after it. */
  readonly remote: Estimate;
  readonly recent: Estimate;
  readonly afterwards: Estimate;
  readonly digitSpan: Estimate;
  /** Error per trial of mirror drawing. */
  readonly skill: readonly Estimate[];
}

const remoteMargin = 10;
const recentYears = 2;

/**
 * Lives one life after the other, one per seed; after every model year it yields what the finished lives have shown, null
 * before the first of them.
 */
export function* study(surgery: Surgery, seeds: readonly number[]): Generator<Findings | null, void> {
  const lives: Life[] = [];
  let findings: Findings | null = null;
  for (const seed of seeds) {
    const life = live(surgery, seed);
    let step = life.next();
    while (!step.done) {
      yield findings;
      step = life.next();
    }
    lives.push(step.value);
    findings = summarize(surgery, seeds.slice(0, lives.length), lives);
    yield findings;
  }
}

/** How many times `study` yields. */
export const stepsOf = (seeds: readonly number[]): number => seeds.length * (years + 1);

function summarize(surgery: Surgery, seeds: readonly number[], lives: readonly Life[]): Findings {
  const people = seeds.map((seed) => createRng(seed));
  const between = (from: number, to: number) => estimate(lives.map(({ recalled }) => mean(recalled.slice(from, to))));
  const skills = people.map((rng) => practiseMirrorDrawing(rng.fork('mirror')));
  return {
    surgery,
    seeds,
    recall: Array.from({ length: years }, (_, year) => between(year, year + 1)),
    remote: between(0, surgery.year - remoteMargin),
    recent: between(surgery.year - recentYears, surgery.year),
    afterwards: between(surgery.year, years),
    digitSpan: estimate(people.map((rng) => digitSpan(rng.fork('digits')))),
    skill: (skills[0] ?? []).map((_, trial) => estimate(skills.map((errors) => errors[trial] ?? 0))),
  };
}

const estimate = (values: readonly number[]): Estimate => ({
  mean: mean(values),
  spread: standardDeviation(values) ?? 0,
});
