import { flag, inRange, seed, stateOf } from '@engram/scene-kit/plain';
import { stepsOf, study } from './study.ts';
import type { Findings } from './study.ts';

/** What the reader can set; all of it stands in the link. */
export const schema = stateOf({
  year: inRange({ min: 15, max: 37, step: 1, initial: 27 }),
  lesion: inRange({ min: 0, max: 1, step: 0.05, initial: 1 }),
  practise: flag(false),
  seed: seed(1),
});

export type State = ReturnType<typeof schema.parse>;

const people = 5;

const seedsOf = ({ seed: first }: State): readonly number[] => Array.from({ length: people }, (_, i) => first + i);

/** The lives that follow from the settings, and how many steps they take. */
export const simulationOf = (state: State): { readonly lives: Iterator<Findings | null>; readonly steps: number } => ({
  lives: study({ year: state.year, fraction: state.lesion }, seedsOf(state)),
  steps: stepsOf(seedsOf(state)),
});

/** The findings for the initial settings, to four digits: what the still figure shows. */
export function still(): unknown {
  const state = schema.parse({});
  const findings = [...study({ year: state.year, fraction: state.lesion }, seedsOf(state))].at(-1);
  return JSON.parse(
    JSON.stringify(findings, (_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(4)) : value)),
  );
}
