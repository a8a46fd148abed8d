import type { TaskStream, UnitRange } from '@engram/datasets';
import type { Gates } from './model.ts';
import type { PastTasks } from './strategies/strategy.ts';

/** Which output units take part, as a scenario defines it; a task stream is one. */
export interface Outputs {
  readonly scenario: TaskStream['scenario'];
  /** In order, with the number of examples that each is trained on. */
  readonly tasks: readonly { readonly train: { readonly count: number } }[];
  /** Units in the loss for rows of `task` while `current` is trained. */
  trainingUnits(task: number, current: number): UnitRange;
  /** Units among which the answer is looked for at test. */
  testUnits(task: number): UnitRange;
}

/**
 * The first `count` tasks, together where nothing tells them apart: same units while `current` is trained and, where
 * tasks are gated, same gates. `known` is the last task that a copy of the network from before has seen.
 */
export function pastTasks(
  outputs: Outputs,
  { count, current, known }: { readonly count: number; readonly current: number; readonly known: number },
  gatesOf: ((task: number) => Gates | undefined) | undefined,
): readonly PastTasks[] {
  const groups = Map.groupBy(
    Array.from({ length: count }, (_, past) => past),
    (past) => {
      const { from, to } = outputs.trainingUnits(past, current);
      return [from, to, gatesOf === undefined ? '' : past].join();
    },
  );
  return [...groups.values()].map((tasks) => {
    const [first = 0] = tasks;
    return {
      tasks,
      units: outputs.trainingUnits(first, current),
      knownUnits: outputs.trainingUnits(first, known),
      gates: gatesOf?.(first),
    };
  });
}
