import type { Moment } from '@engram/experiment';
import type { Probe } from '@engram/scene-kit/worker';
import { flatWeights } from '@engram/scene-net-parts/probe';
import { updateOverlap } from './gates.ts';

/** What the probe tells after the last task. */
export interface Sight {
  /** Share of the units of the first hidden layer that are open in both of two tasks; null without gates. */
  readonly units: readonly (readonly number[])[] | null;
  /** How far the updates of two tasks fall on the same weights between the hidden layers. */
  readonly updates: readonly (readonly number[])[];
  /** Mean accuracy when each task is taken for the next one: nobody tells the network which gates to open. */
  readonly withheld: number;
}

/** Weights between the hidden layers when a task began, and what each task changed of them. */
let before = new Float32Array();
let changes: readonly Float32Array[] = [];

const picturesWithoutTask = 100;

/** Looks at what each task changes; after the last one compares tasks, and tests what happens without the task's name. */
export const gates: Probe = async (moment): Promise<Sight | undefined> => {
  const { after, tasksLearned, learner, stream } = moment;
  if (after === 'step') return undefined;
  const { kernel1 } = learner.params;
  const now = await flatWeights(kernel1 === undefined ? {} : { kernel1 });
  changes = tasksLearned === 0 ? [] : [...changes, now.map((value, i) => value - (before[i] ?? 0))];
  before = Float32Array.from(now);
  if (tasksLearned < stream.tasks.length) return undefined;
  return {
    units: unitOverlaps(moment),
    updates: changes.map((a) => changes.map((b) => updateOverlap(a, b))),
    withheld: await withoutTask(moment),
  };
};

function unitOverlaps({ learner, stream }: Moment): Sight['units'] {
  const masks = stream.tasks.flatMap(({ index }) => learner.masks(index)?.layers[0] ?? []);
  if (masks.length === 0) return null;
  return masks.map((a) =>
    masks.map((b) => a.reduce((sum, gate, i) => sum + (gate > 0 && (b[i] ?? 0) > 0 ? 1 : 0), 0) / a.length),
  );
}

async function withoutTask({ accuracy, stream }: Moment): Promise<number> {
  const tasks = stream.tasks.length;
  let sum = 0;
  for (const { index } of stream.tasks) sum += await accuracy(index, picturesWithoutTask, (index + 1) % tasks);
  return sum / tasks;
}
