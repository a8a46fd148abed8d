/**
 * Time and memory of one training step for each strategy and engine, on the network of Split MNIST (784-400-400-10,
 * batch 128): `node benchmarks/strategies.ts`. All figures of a run come from one process on one machine; compare ratios.
 */
import { adam, createLearner, ewc, experienceReplay, mlp, si, xdg } from '@engram/cl-core';
import type { Strategy } from '@engram/cl-core';
import { loadEmbedded, splitTasks } from '@engram/datasets';
import { probeEngines, useEngine } from '@engram/engine';
import type { EngineName } from '@engram/engine';
import { createRng } from '@engram/random';

const fisher = { estimator: 'exact', examples: 128, batchSize: 128 } as const;
const strategies: Readonly<Record<string, () => readonly Strategy[]>> = {
  none: () => [],
  ewc: () => [ewc({ lambda: 1e5, fisher })],
  si: () => [si({ c: 10 })],
  xdg: () => [xdg()],
  er: () => [experienceReplay({ buffer: 'per-class', capacity: 100 })],
};
const mnist = await loadEmbedded('mnist');

/** Median milliseconds of a step in the fourth task, when every strategy has three tasks to remember. */
async function stepTime(engine: EngineName, build: () => readonly Strategy[], milliseconds: number): Promise<number> {
  await useEngine(engine);
  const rng = createRng(1);
  const stream = splitTasks(mnist, {
    tasks: 5,
    scenario: 'task',
    heads: 'multi',
    activeClasses: 'all',
    classOrder: 'natural',
    rng,
  });
  const model = mlp({ inputs: stream.inputSize, hidden: [400, 400], outputs: stream.outputUnits });
  const learner = createLearner({
    model,
    optimizer: adam({ learningRate: 0.001 }),
    strategies: build(),
    outputs: stream,
    rng,
  });
  const times: number[] = [];
  for (const task of stream.tasks.slice(0, 4)) {
    learner.beginTask(task.index);
    const until = performance.now() + (task.index === 3 ? milliseconds : 0);
    do {
      const begun = performance.now();
      const loss = learner.step([task.train.batch(rng.fork(times.length).sample(task.train.count, 128))]);
      loss.dataSync();
      loss.dispose();
      if (task.index === 3) times.push(performance.now() - begun);
    } while (performance.now() < until);
    if (task.index < 3) learner.consolidate(task.index, task.train);
  }
  learner.dispose();
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? NaN;
}

const engines = (await probeEngines()).filter(({ usable }) => usable);
console.log(['strategy', ...engines.map(({ name, reason }) => `${name} (${reason}), ms`)].join('\t'));
for (const [name, build] of Object.entries(strategies)) {
  const cells: string[] = [];
  for (const engine of engines) cells.push((await stepTime(engine.name, build, 3000)).toFixed(2));
  console.log([name, ...cells].join('\t'));
}
