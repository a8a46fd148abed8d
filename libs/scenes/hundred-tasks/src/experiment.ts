import { inRange, seed, someOf, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';

export const methods = ['none', 'ewc', 'si', 'xdg', 'ewc+xdg'] as const;
export type Method = (typeof methods)[number];

/** What the reader can set. `guess`: after how many tasks gates overtake springs; 0 stands for no guess. */
export const schema = stateOf({
  tasks: inRange({ min: 1, max: 100, step: 1, initial: 10 }),
  methods: someOf(methods, ['none', 'ewc', 'ewc+xdg']),
  guess: inRange({ min: 0, max: 100, step: 1, initial: 0 }),
  seed: seed(1),
});
export type State = ReturnType<typeof schema.parse>;

/** Strengths for 100 units in each hidden layer, chosen with a seed that is not shown. */
const settings: Readonly<Record<Method, readonly string[]>> = {
  none: [],
  ewc: ['strategies.ewc.lambda=30', 'strategies.ewc.fisher.examples=500'],
  si: ['strategies.si.c=5'],
  xdg: ['strategies.xdg.gatedFraction=0.8'],
  'ewc+xdg': ['strategies.ewc.lambda=100', 'strategies.ewc.fisher.examples=500', 'strategies.xdg.gatedFraction=0.8'],
};

/** Ten digits in every task, each task with its own order of the pixels; one run for each method. */
export const jobsOf = ({ tasks, methods: chosen, seed }: State): readonly Job[] =>
  chosen.map((method) => ({
    id: method,
    request: {
      preset: 'permuted-mnist',
      scenario: 'task',
      strategy: method,
      tasks,
      iterations: 200,
      hidden: [100, 100],
      learningRate: 0.003,
      data: 'subset',
      set: ['stream.padTo=null', ...settings[method]],
    },
    seed,
    evaluate: 200,
  }));
