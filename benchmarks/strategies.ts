/**
 * Cost of a training step over a hundred tasks, for every strategy: `node benchmarks/strategies.ts [--write]`.
 *
 * The tasks are permutations of 8 × 8 digits in the domain scenario (with the task told where a strategy needs it), the network 64-100-100-10,
 * batch 32. A figure is processor time per step over tasks 6 to 15 and over the last ten: strategies that recall earlier
 * tasks have some by then. `--write` puts the table into docs/results/engine.md.
 */
import * as strategies from '@engram/cl-core';
import type { Strategy } from '@engram/cl-core';
import { loadEmbedded, permutedTasks } from '@engram/datasets';
import type { TaskStream } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import { createRng } from '@engram/random';
import { replaceBetween } from './report.ts';

const { adam, createLearner, mlp } = strategies;
const fisher = { estimator: 'exact', examples: 64, batchSize: 64 } as const;
const built: Readonly<Record<string, () => readonly Strategy[]>> = {
  none: () => [],
  joint: () => [strategies.joint()],
  l2: () => [strategies.l2({ lambda: 1 })],
  ewc: () => [strategies.ewc({ lambda: 100, fisher })],
  'online-ewc': () => [strategies.onlineEwc({ lambda: 100, decay: 0.9, fisher })],
  si: () => [strategies.si({ c: 1 })],
  xdg: () => [strategies.xdg()],
  er: () => [strategies.experienceReplay({ buffer: 'per-class', capacity: 5 })],
  lwf: () => [strategies.lwf()],
  agem: () => [strategies.agem({ capacity: 5 })],
  der: () => [strategies.darkExperienceReplay({ alpha: 0.5, capacity: 200 })],
  derpp: () => [strategies.darkExperienceReplay({ alpha: 0.5, beta: 0.5, capacity: 200 })],
  dgr: () => [strategies.deepGenerativeReplay()],
  bir: () => [strategies.brainInspiredReplay()],
  'generative-classifier': () => [strategies.generativeClassifier()],
  slda: () => [strategies.slda()],
  ncm: () => [strategies.ncm()],
  naca: () => [strategies.naca()],
  'separate-networks': () => [strategies.separateNetworks()],
};
const tasks = 100;
const steps = 40;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Processor milliseconds of a step in each task. */
function cost(stream: TaskStream, made: readonly Strategy[]): number[] {
  const rng = createRng(1);
  const learner = createLearner({
    model: mlp({ inputs: stream.inputSize, hidden: [100, 100], outputs: stream.outputUnits }),
    optimizer: adam({ learningRate: 0.001 }),
    strategies: made,
    outputs: stream,
    rng,
  });
  const times = stream.tasks.map((task) => {
    learner.beginTask(task.index);
    const used = process.cpuUsage();
    for (let step = 0; step < steps; step++) {
      const loss = learner.step([task.train.batch(rng.fork(task.index).fork(step).sample(task.train.count, 32))]);
      loss.dataSync();
      loss.dispose();
    }
    const { user, system } = process.cpuUsage(used);
    if (task.index < tasks - 1) learner.consolidate(task.index, task.train);
    return (user + system) / 1000 / steps;
  });
  learner.dispose();
  return times;
}

const { name, variant } = await useEngine('auto');
const digits = await loadEmbedded('digits');
const streamOf = (made: readonly Strategy[]): TaskStream =>
  permutedTasks(digits, {
    tasks,
    scenario: made.some(({ requiresTask }) => requiresTask) ? 'task' : 'domain',
    heads: 'single',
    activeClasses: 'all',
    padTo: null,
    firstTask: 'permuted',
    rng: createRng(0),
  });
const rows = Object.entries(built).map(([title, make]) => {
  const times = cost(streamOf(make()), make());
  const early = median(times.slice(5, 15));
  const late = median(times.slice(-10));
  const row = `| ${title} | ${early.toFixed(2)} | ${late.toFixed(2)} | ${(late / early).toFixed(2)} |`;
  console.log(row);
  return row;
});
if (process.argv.includes('--write')) {
  const head = `| strategy | tasks 6–15, ms | tasks 91–100, ms | ratio |\n| --- | ---: | ---: | ---: |`;
  replaceBetween('strategies', `Engine: ${name} ${variant}.\n\n${head}\n${rows.join('\n')}`);
}
