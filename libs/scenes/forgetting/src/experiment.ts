import { flag, inRange, seed, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';

/** What the reader can set; all of it stands in the link. */
export const schema = stateOf({
  hidden: inRange({ min: 20, max: 400, step: 20, initial: 100 }),
  iterations: inRange({ min: 50, max: 1000, step: 50, initial: 200 }),
  interleaved: flag(true),
  seed: seed(),
});

export type State = ReturnType<typeof schema.parse>;

const job = (id: string, strategy: string, { hidden, iterations, seed }: State): Job => ({
  id,
  request: {
    preset: 'split-mnist',
    scenario: 'class',
    strategy,
    iterations,
    batch: 64,
    hidden: [hidden],
    data: 'subset',
  },
  seed,
  evaluate: 200,
});

/** The same network on the same pictures: one task after the other, and all tasks shuffled together. */
export const jobsOf = (state: State): readonly Job[] => [
  job('sequential', 'none', state),
  ...(state.interleaved ? [job('interleaved', 'joint', state)] : []),
];

/** Accuracy on the first pair of digits: when it had just been learned, and at the end. */
export function firstTask(matrix: readonly (readonly number[])[]): {
  readonly then: number | null;
  readonly now: number | null;
} {
  return { then: matrix[1]?.[0] ?? null, now: matrix.length < 2 ? null : (matrix.at(-1)?.[0] ?? null) };
}
