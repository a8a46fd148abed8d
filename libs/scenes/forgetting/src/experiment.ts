import { flag, inRange, oneOf, seed, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';

export const streams = ['split', 'permuted'] as const;
export const scenarios = ['class', 'domain', 'task'] as const;

/** What the reader can set; all of it stands in the link. `tasks` counts for permuted pixels; ten digits make five pairs. */
export const schema = stateOf({
  stream: oneOf(streams, 'split'),
  scenario: oneOf(scenarios, 'class'),
  tasks: inRange({ min: 2, max: 10, step: 1, initial: 5 }),
  hidden: inRange({ min: 20, max: 400, step: 20, initial: 100 }),
  iterations: inRange({ min: 50, max: 1000, step: 50, initial: 200 }),
  interleaved: flag(true),
  seed: seed(),
});
export type State = ReturnType<typeof schema.parse>;

const settings = {
  split: { preset: 'split-mnist', tasks: 5, set: [] },
  permuted: { preset: 'permuted-mnist', learningRate: 0.003, set: ['stream.padTo=null'] },
} as const;

function job(id: string, strategy: string, state: State): Job {
  const { stream, scenario, tasks, hidden, iterations, seed } = state;
  return {
    id,
    request: {
      tasks,
      ...settings[stream],
      scenario,
      strategy,
      iterations,
      batch: 64,
      hidden: [hidden, hidden],
      data: 'subset',
    },
    seed,
    evaluate: 200,
    probes: [{ name: 'drift' }],
  };
}

/** The same network on the same pictures: one task after the other, and all tasks shuffled together. */
export const jobsOf = (state: State): readonly Job[] => [
  job('sequential', 'none', state),
  ...(state.interleaved ? [job('interleaved', 'joint', state)] : []),
];

/** Accuracy on the first task: when it had just been learned, and at the end. */
export function firstTask(matrix: readonly (readonly number[])[]): {
  readonly then: number | null;
  readonly now: number | null;
} {
  return { then: matrix[1]?.[0] ?? null, now: matrix.length < 2 ? null : (matrix.at(-1)?.[0] ?? null) };
}
