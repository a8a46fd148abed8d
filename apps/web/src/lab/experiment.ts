import { inRange, oneOf, seed, someOf, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';
import { offered } from './strategies.ts';

/** Everything that can be set in the laboratory; all of it stands in the link. */
export const schema = stateOf({
  preset: oneOf(['split-mnist', 'permuted-mnist', 'rotated-mnist'], 'split-mnist'),
  scenario: oneOf(['task', 'domain', 'class'], 'class'),
  data: oneOf(['subset', 'digits'], 'subset'),
  tasks: inRange({ min: 2, max: 20, step: 1, initial: 5 }),
  hidden: inRange({ min: 20, max: 400, step: 20, initial: 100 }),
  layers: inRange({ min: 1, max: 3, step: 1, initial: 1 }),
  iterations: inRange({ min: 50, max: 1000, step: 50, initial: 200 }),
  seed: seed(),
  a: someOf(offered, []),
  b: someOf(offered, ['er']),
  c: someOf(offered, ['joint']),
});

export type State = ReturnType<typeof schema.parse>;

export const letters = ['a', 'b', 'c'] as const;

/** Ten classes can be divided over two, five or ten tasks; other streams take any number. */
export const tasksOf = ({ preset, tasks }: Pick<State, 'preset' | 'tasks'>): number =>
  preset === 'split-mnist' ? (tasks <= 3 ? 2 : tasks <= 7 ? 5 : 10) : tasks;

/** `ewc+xdg`, or `none`. */
export const strategyOf = (state: State, letter: (typeof letters)[number]): string => state[letter].join('+') || 'none';

/** One job for each combination; networks that would be the same are trained once. */
export function jobsOf(state: State): readonly Job[] {
  const combinations = [...new Map(letters.map((letter) => [strategyOf(state, letter), letter])).keys()];
  return combinations.map((strategy) => ({
    id: strategy,
    request: {
      preset: state.preset,
      scenario: state.preset === 'rotated-mnist' && state.scenario === 'class' ? 'domain' : state.scenario,
      strategy,
      tasks: tasksOf(state),
      iterations: state.iterations,
      batch: 64,
      hidden: Array.from({ length: state.layers }, () => state.hidden),
      data: state.data,
    },
    seed: state.seed,
    evaluate: 200,
    probes: [{ name: 'weights' }],
  }));
}
