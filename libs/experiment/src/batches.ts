import type { Batch, TaskExamples, TaskStream } from '@engram/datasets';
import type { Rng } from '@engram/random';

/** The batches of a run by task and iteration: any of them can be asked for, so a resumed run needs no other state. */
export type BatchSource = (task: number, iteration: number) => readonly Batch[];

/** Batches of the current task: shuffled anew in each pass, an incomplete last batch dropped. */
export function sequentialBatches(stream: TaskStream, batchSize: number, rng: Rng): BatchSource {
  const orderOf = shuffles(rng);
  return (task, iteration) => {
    const examples = trainingExamples(stream, task);
    const rows = Math.min(batchSize, examples.count);
    const perPass = Math.floor(examples.count / rows);
    const order = orderOf(task, Math.floor(iteration / perPass), examples.count);
    const from = (iteration % perPass) * rows;
    return [examples.batch(order.subarray(from, from + rows))];
  };
}

/**
 * Batches of all tasks together, for as many iterations per task: row r of the run comes from task r mod T, so that all
 * tasks take part equally; each task's examples are shuffled anew when they have all been used.
 */
export function jointBatches(stream: TaskStream, batchSize: number, iterations: number, rng: Rng): BatchSource {
  const orderOf = shuffles(rng, stream.tasks.length);
  return (task, iteration) => equalParts(stream.tasks, (task * iterations + iteration) * batchSize, batchSize, orderOf);
}

/** Batches of all tasks up to the current one: in each task anew, row r comes from task r mod (number of tasks so far). */
export function cumulativeBatches(stream: TaskStream, batchSize: number, rng: Rng): BatchSource {
  let orders = { task: -1, orderOf: shuffles(rng) };
  return (task, iteration) => {
    if (orders.task !== task) orders = { task, orderOf: shuffles(rng.fork(task), task + 1) };
    return equalParts(stream.tasks.slice(0, task + 1), iteration * batchSize, batchSize, orders.orderOf);
  };
}

/** Rows `first` … `first + count − 1` of an endless sequence in which row r comes from task r mod (number of tasks). */
function equalParts(tasks: TaskStream['tasks'], first: number, count: number, orderOf: Orders): readonly Batch[] {
  return tasks.flatMap(({ train }, k) => {
    const positions: number[] = [];
    // those that belong to task k, as the n-th row of that task
    for (let n = Math.ceil((first - k) / tasks.length); n * tasks.length + k < first + count; n++) {
      positions.push(orderOf(k, Math.floor(n / train.count), train.count)[n % train.count] ?? 0);
    }
    return positions.length === 0 ? [] : [train.batch(Int32Array.from(positions))];
  });
}

const trainingExamples = (stream: TaskStream, task: number): TaskExamples => {
  const found = stream.tasks[task];
  if (found === undefined) throw new RangeError(`there is no task ${task}; the stream has ${stream.tasks.length}`);
  return found.train;
};

type Orders = (task: number, pass: number, count: number) => Int32Array;

/** The order of a task's examples in a pass; the latest pass of a few tasks is remembered. */
function shuffles(rng: Rng, remembered = 1): Orders {
  const latest = new Map<number, { readonly pass: number; readonly order: Int32Array }>();
  return (task, pass, count) => {
    const known = latest.get(task);
    if (known?.pass === pass) return known.order;
    const order = rng.fork(task).fork(pass).permutation(count);
    if (latest.size >= remembered && known === undefined) latest.clear();
    latest.set(task, { pass, order });
    return order;
  };
}
