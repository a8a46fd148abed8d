import { DataError } from './errors.ts';

export type Scenario = 'task' | 'domain' | 'class';

/** Half-open range of output units. */
export interface UnitRange {
  readonly from: number;
  readonly to: number;
}

/** Rows to read from a table, and the output unit that is right for each. */
export interface Batch {
  readonly source: Uint8Array | Float32Array;
  readonly rowLength: number;
  readonly rows: Int32Array;
  /** Column j of the batch reads column permutation[j] of the source; −1 gives 0. Default: the identity. */
  readonly permutation?: Int32Array;
  readonly scale: number;
  readonly labels: Int32Array;
  readonly task: number;
}

/** A task's examples as a view: nothing is copied. */
export interface TaskExamples {
  readonly count: number;
  /** The examples at these positions, each in 0 … count − 1. */
  batch(positions: Int32Array): Batch;
}

export interface Task {
  /** From 0. */
  readonly index: number;
  readonly name: string;
  /** Classes of the data set that occur in it. */
  readonly classes: readonly number[];
  readonly train: TaskExamples;
  readonly test: TaskExamples;
}

/** Tasks in the order in which they are learned, and what the scenario makes of the output units. */
export interface TaskStream {
  readonly scenario: Scenario;
  readonly inputSize: number;
  readonly inputShape: readonly number[];
  readonly outputUnits: number;
  readonly tasks: readonly Task[];
  /** Units that take part in the loss for rows of `task` while `current` is trained. */
  trainingUnits(task: number, current: number): UnitRange;
  /** Units among which the answer to `task` is looked for at test. */
  testUnits(task: number): UnitRange;
  /** How the stream was drawn, as plain JSON, to be stored with results. */
  readonly description: Readonly<Record<string, string | number | boolean | null | (string | number)[]>>;
}

export interface ScenarioOptions {
  readonly tasks: number;
  readonly scenario: Scenario;
  /** Task scenario only: own output units for each task, or the same ones for all. */
  readonly heads: 'multi' | 'single';
  /** Class scenario only: all units, those of classes seen so far, or those of the current task. */
  readonly activeClasses: 'all' | 'seen' | 'current';
}

/**
 * What the scenario makes of the output units, for tasks of K classes each (van de Ven et al. 2022,
 * doi:10.1038/s42256-022-00568-3). Units are left out by looking at a range of logits only.
 *
 * | scenario     | units | loss of task k              | test of task k |
 * |--------------|-------|-----------------------------|----------------|
 * | task, multi  | K·T   | those of task k             | those of task k|
 * | task, single | K     | all                         | all            |
 * | domain       | K     | all                         | all            |
 * | class        | K·T   | all, seen or current        | all            |
 *
 * Rows of earlier tasks that are replayed while only the current classes are active need their own units too, so for
 * them every class seen so far takes part.
 */
export function scenarioUnits(options: ScenarioOptions, classesPerTask: number) {
  const { tasks, scenario, heads, activeClasses } = options;
  const own = scenario === 'class' || (scenario === 'task' && heads === 'multi');
  const outputUnits = own ? classesPerTask * tasks : classesPerTask;
  const all: UnitRange = { from: 0, to: outputUnits };
  const unitsOfTask = (task: number): UnitRange => ({ from: classesPerTask * task, to: classesPerTask * (task + 1) });
  const active = (task: number, current: number): UnitRange => {
    if (activeClasses === 'all') return all;
    if (activeClasses === 'current' && task === current) return unitsOfTask(current);
    return { from: 0, to: classesPerTask * (current + 1) };
  };
  return {
    outputUnits,
    /** Output unit of the n-th class of a task. */
    unitOf: (task: number, n: number): number => (own ? classesPerTask * task + n : n),
    trainingUnits: (task: number, current: number): UnitRange => {
      if (scenario === 'class') return active(task, current);
      return own ? unitsOfTask(task) : all;
    },
    testUnits: (task: number): UnitRange => (scenario === 'task' && own ? unitsOfTask(task) : all),
  };
}

const mostTasks = 1000;

/** Throws DataError unless 1 ≤ tasks ≤ 1,000. */
export function requireTaskCount(tasks: number): void {
  if (!Number.isInteger(tasks) || tasks < 1 || tasks > mostTasks) {
    throw new DataError(
      'bad-stream',
      `A stream needs 1 to ${mostTasks} tasks, got ${tasks}. Choose another number of tasks.`,
    );
  }
}
