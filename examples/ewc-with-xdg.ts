/**
 * Two cures combined, by hand: elastic weight consolidation and context-dependent gating on five pairs of 8 × 8 digits.
 * Run it with `node examples/ewc-with-xdg.ts`.
 */
import { adam, createLearner, ewc, mlp, xdg } from '@engram/cl-core';
import type { Strategy } from '@engram/cl-core';
import { loadEmbedded, splitTasks } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import { averageAccuracy } from '@engram/metrics';
import { createRng } from '@engram/random';

await useEngine('auto');
const digits = await loadEmbedded('digits');

async function learnOneAfterTheOther(strategies: readonly Strategy[]): Promise<number> {
  const rng = createRng(1);
  const stream = splitTasks(digits, {
    tasks: 5,
    scenario: 'task',
    heads: 'single',
    activeClasses: 'all',
    classOrder: 'natural',
    rng,
  });
  const learner = createLearner({
    model: mlp({ inputs: stream.inputSize, hidden: [60, 60], outputs: stream.outputUnits }),
    optimizer: adam({ learningRate: 0.003 }),
    strategies,
    outputs: stream,
    rng,
  });
  const test = () => Promise.all(stream.tasks.map((task) => learner.accuracy(task.index, task.test)));
  const matrix = [await test()];
  for (const task of stream.tasks) {
    learner.beginTask(task.index);
    for (let step = 0; step < 150; step++) {
      const rows = rng.fork(task.index).fork(step).sample(task.train.count, 32);
      learner.step([task.train.batch(rows)]).dispose();
    }
    learner.consolidate(task.index, task.train);
    matrix.push(await test());
  }
  learner.dispose();
  return averageAccuracy(matrix) ?? 0;
}

const plain = await learnOneAfterTheOther([]);
const cured = await learnOneAfterTheOther([ewc({ lambda: 100 }), xdg({ gatedFraction: 0.8 })]);
console.log(
  `average accuracy over five tasks: plain ${(100 * plain).toFixed(1)} %, EWC + XdG ${(100 * cured).toFixed(1)} %`,
);
if (cured < plain + 0.1) throw new Error('EWC with XdG should keep at least ten points more than plain training');
