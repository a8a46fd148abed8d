import type { Rng } from '@engram/random';
import { DataError } from './errors.ts';
import type { Dataset, Examples } from './examples.ts';
import { requireTaskCount, scenarioUnits } from './stream.ts';
import type { ScenarioOptions, TaskExamples, TaskStream } from './stream.ts';

export interface SplitOptions extends ScenarioOptions {
  /** `seeded`: the classes in random order; `natural`: in the data set's. */
  readonly classOrder: 'seeded' | 'natural';
  readonly rng: Rng;
}

/** The classes divided over the tasks, equally many in each. Throws DataError where they cannot be. */
export function splitTasks(dataset: Dataset, options: SplitOptions): TaskStream {
  const { tasks, scenario, classOrder, rng } = options;
  const { classNames, train, test } = dataset;
  requireTaskCount(tasks);
  const classes = classNames.length;
  const perTask = classes / tasks;
  if (!Number.isInteger(perTask) || (perTask < 2 && scenario !== 'class')) {
    const allowed = Array.from({ length: classes }, (_, i) => i + 1).filter(
      (count) => classes % count === 0 && (count < classes || scenario === 'class'),
    );
    throw new DataError(
      'bad-stream',
      `${dataset.name} has ${classes} classes, which cannot be divided into ${tasks} tasks of equal size${scenario === 'class' ? '' : ' with at least two classes each'}. Possible numbers of tasks: ${allowed.join(', ')}.`,
    );
  }
  const order =
    classOrder === 'natural'
      ? Array.from({ length: classes }, (_, i) => i)
      : [...rng.fork('class order').permutation(classes)];
  const units = scenarioUnits(options, perTask);
  return {
    scenario,
    inputSize: train.rowLength,
    inputShape: train.shape,
    ...units,
    tasks: Array.from({ length: tasks }, (_, index) => {
      const own = order.slice(index * perTask, (index + 1) * perTask);
      const unitOfClass = new Map(own.map((label, n) => [label, units.unitOf(index, n)]));
      return {
        index,
        name: own.map((label) => classNames[label] ?? String(label)).join(' / '),
        classes: own,
        train: onlyClasses(train, unitOfClass, index),
        test: onlyClasses(test, unitOfClass, index),
      };
    }),
    description: { kind: 'split', classOrder: order, classesPerTask: perTask },
  };
}

/** The rows whose class is a key of `unitOfClass`. */
function onlyClasses(examples: Examples, unitOfClass: ReadonlyMap<number, number>, task: number): TaskExamples {
  const { inputs, labels, rowLength, scale } = examples;
  const own = Int32Array.from([...labels.keys()].filter((i) => unitOfClass.has(labels[i] ?? -1)));
  return {
    count: own.length,
    batch: (positions) => {
      const rows = positions.map((position) => own[position] ?? -1);
      return {
        source: inputs,
        rowLength,
        rows,
        scale,
        labels: rows.map((row) => unitOfClass.get(labels[row] ?? -1) ?? -1),
        task,
      };
    },
  };
}
