import type { Scenario, StrategyName } from '@engram/contracts';
import { inRange, oneOf, seed, someOf, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';
import * as z from 'zod/mini';
import { misfitOf } from './fits.ts';
import { offered, strategies } from './strategies.ts';

export const presets = [
  'split-mnist',
  'permuted-mnist',
  'rotated-mnist',
  'class-continual-mnist',
  'split-fashion-mnist',
] as const;
export type PresetName = (typeof presets)[number];

const mostSettings = 400;

/** Everything that can be set in the laboratory; all of it stands in the link. */
export const schema = stateOf({
  where: oneOf(['here', 'service'], 'here'),
  preset: oneOf(presets, 'split-mnist'),
  scenario: oneOf(['task', 'domain', 'class'], 'class'),
  data: oneOf(['subset', 'digits', 'full'], 'subset'),
  tasks: inRange({ min: 2, max: 20, step: 1, initial: 5 }),
  hidden: inRange({ min: 20, max: 400, step: 20, initial: 100 }),
  layers: inRange({ min: 1, max: 3, step: 1, initial: 1 }),
  iterations: inRange({ min: 50, max: 2000, step: 50, initial: 200 }),
  batch: oneOf(['16', '32', '64', '128', '256'], '64'),
  seed: seed(),
  seeds: inRange({ min: 1, max: 5, step: 1, initial: 1 }),
  a: someOf(offered, []),
  b: someOf(offered, ['er']),
  c: someOf(offered, ['joint']),
  /** `path=value` settings, one to a line, as the command line takes them. */
  set: z.catch(z.string().check(z.maxLength(mostSettings)), ''),
});

export type State = ReturnType<typeof schema.parse>;

export const letters = ['a', 'b', 'c'] as const;
export type Letter = (typeof letters)[number];

/** Ten classes can be divided over two, five or ten tasks; other streams take any number. */
export const tasksOf = ({ preset, tasks }: Pick<State, 'preset' | 'tasks'>): number =>
  ({
    'split-mnist': divided(tasks),
    'split-fashion-mnist': divided(tasks),
    'class-continual-mnist': 10,
    'permuted-mnist': tasks,
    'rotated-mnist': tasks,
  })[preset];

const divided = (tasks: number): number => (tasks <= 3 ? 2 : tasks <= 7 ? 5 : 10);

/** Scenarios that a stream of tasks has. */
export const scenariosOf: Readonly<Record<PresetName, readonly [Scenario, ...Scenario[]]>> = {
  'split-mnist': ['task', 'domain', 'class'],
  'permuted-mnist': ['task', 'domain', 'class'],
  'rotated-mnist': ['domain', 'task'],
  'class-continual-mnist': ['class'],
  'split-fashion-mnist': ['task', 'domain', 'class'],
};

/** The scenario that is run: the chosen one, or the first that the stream has. */
export const scenarioOf = ({ preset, scenario }: Pick<State, 'preset' | 'scenario'>): Scenario =>
  scenariosOf[preset].find((has) => has === scenario) ?? scenariosOf[preset][0];

/** Data that is run: clothes are not shipped with the site, and a page has no room for a complete set. */
export function dataOf({ preset, data, where }: Pick<State, 'preset' | 'data' | 'where'>): State['data'] {
  if (preset === 'split-fashion-mnist') return 'full';
  return data === 'full' && where === 'here' ? 'subset' : data;
}

/** Whether a page can train it, too. */
export const needsService = ({ preset }: Pick<State, 'preset'>): boolean => preset === 'split-fashion-mnist';

/** `ewc+xdg`, or `none`. */
export const strategyOf = (names: readonly StrategyName[]): string => names.join('+') || 'none';

/** Networks to train, each once, without those that cannot be. */
export function networksOf(state: State): readonly (readonly StrategyName[])[] {
  const combinations = new Map(letters.map((letter) => [strategyOf(state[letter]), state[letter]]));
  return [...combinations.values()].filter((names) => misfitOf(names, scenarioOf(state)) === null);
}

/** Shuffled pixels make dreams that nobody can look at. */
const hasPictures = ({ preset }: State): boolean => preset !== 'permuted-mnist';

/** Settings that concern a network: those of strategies that it does not have are left to the others. */
export const settingsOf = (state: State, names: readonly StrategyName[]): readonly string[] =>
  state.set
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .filter((line) => {
      const strategy = /^strategies\.([\w-]+)\./.exec(line)?.[1];
      return strategy === undefined || names.some((name) => name === strategy);
    });

/** One job for each network and seed. */
export function jobsOf(state: State): readonly Job[] {
  return networksOf(state).flatMap((names) => {
    const set = settingsOf(state, names);
    return Array.from({ length: state.seeds }, (_, n): Job => {
      const runSeed = (state.seed + n) % 1_000_000;
      return {
        id: `${strategyOf(names)} ${runSeed}`,
        request: {
          preset: state.preset,
          scenario: scenarioOf(state),
          strategy: strategyOf(names),
          tasks: tasksOf(state),
          iterations: state.iterations,
          batch: Number(state.batch),
          hidden: Array.from({ length: state.layers }, () => state.hidden),
          data: dataOf(state),
          ...(set.length === 0 ? {} : { set }),
        },
        seed: runSeed,
        evaluate: 200,
        probes: [
          { name: 'weights' },
          ...(names.some((name) => strategies[name].dreams) && hasPictures(state) ? [{ name: 'imagined' }] : []),
        ],
        keepModel: true,
      };
    });
  });
}
