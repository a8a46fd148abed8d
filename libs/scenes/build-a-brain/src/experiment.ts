import { flag, inRange, seed, someOf, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';
import type { Brain, Part } from './cost.ts';

export const parts = ['ewc', 'si', 'xdg', 'er'] as const satisfies readonly Part[];

/** What the reader can set. Budgets: memory in tenths of a megabyte, compute in thousand million multiply-adds. */
export const schema = stateOf({
  parts: someOf(parts, ['ewc', 'xdg']),
  stored: inRange({ min: 1, max: 20, step: 1, initial: 5 }),
  hidden: inRange({ min: 20, max: 200, step: 20, initial: 100 }),
  alone: flag(true),
  memory: inRange({ min: 5, max: 60, step: 1, initial: 20 }),
  compute: inRange({ min: 10, max: 200, step: 5, initial: 60 }),
  seed: seed(1),
});
export type State = ReturnType<typeof schema.parse>;

export const fixed = { tasks: 10, iterations: 200, batch: 128, classes: 10, inputs: 784, fisherExamples: 500 } as const;

/** A brain as the cost formula sees it. */
export const brainOf = (chosen: readonly Part[], { hidden, stored }: Pick<State, 'hidden' | 'stored'>): Brain => ({
  ...fixed,
  parts: chosen,
  hidden: [hidden, hidden],
  storedPerClass: stored,
});

const settingsOf = (part: Part, { stored }: State): readonly string[] =>
  ({
    ewc: ['strategies.ewc.lambda=30', `strategies.ewc.fisher.examples=${fixed.fisherExamples}`],
    si: ['strategies.si.c=5'],
    xdg: ['strategies.xdg.gatedFraction=0.5'],
    er: [`strategies.er.capacity=${stored}`],
  })[part];

function jobOf(id: string, chosen: readonly Part[], state: State): Job {
  const { tasks, iterations, batch } = fixed;
  return {
    id,
    request: {
      preset: 'permuted-mnist',
      scenario: 'task',
      strategy: chosen.join('+') || 'none',
      tasks,
      iterations,
      batch,
      hidden: [state.hidden, state.hidden],
      learningRate: 0.003,
      data: 'subset',
      set: ['stream.padTo=null', ...chosen.flatMap((part) => settingsOf(part, state))],
    },
    seed: state.seed,
    evaluate: 200,
  };
}

/** The reader's brain, and, if asked for, each of its parts alone. */
export const jobsOf = (state: State): readonly Job[] => [
  jobOf('brain', state.parts, state),
  ...(state.alone && state.parts.length > 1 ? state.parts.map((part) => jobOf(part, [part], state)) : []),
];
