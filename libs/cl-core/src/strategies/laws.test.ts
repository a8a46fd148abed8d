import * as tf from '@engram/engine/tf';
import { probeEngines, useEngine } from '@engram/engine';
import { describe, expect, it } from 'vitest';
import { digitTasks, smallLearner, train } from '../testing.ts';
import { agem } from './agem.ts';
import { cumulative, joint, separateNetworks } from './baselines.ts';
import { darkExperienceReplay } from './der.ts';
import { ewc, onlineEwc } from './ewc.ts';
import { experienceReplay } from './experience-replay.ts';
import { brainInspiredReplay, deepGenerativeReplay } from './generative-replay.ts';
import { generativeClassifier } from './generative-classifier.ts';
import { icarl } from './icarl.ts';
import { l2 } from './l2.ts';
import { lwf } from './lwf.ts';
import { naca } from './naca.ts';
import { ncm } from './ncm.ts';
import { si } from './si.ts';
import { slda } from './slda.ts';
import { sleep } from './sleep.ts';
import type { Strategy } from './strategy.ts';
import { xdg } from './xdg.ts';

const fisher = { estimator: 'exact', examples: 40, batchSize: 20 } as const;

/** Every strategy by name; a new one gets its row of laws by being listed here. */
const strategies: Readonly<Record<string, () => Strategy>> = {
  joint: () => joint(),
  cumulative: () => cumulative(),
  l2: () => l2({ lambda: 1 }),
  ewc: () => ewc({ lambda: 100, fisher }),
  'online-ewc': () => onlineEwc({ lambda: 100, decay: 0.9, fisher }),
  si: () => si({ c: 1 }),
  xdg: () => xdg({ gatedFraction: 0.5 }),
  'er (reservoir)': () => experienceReplay({ capacity: 20 }),
  'er (class-balanced)': () => experienceReplay({ buffer: 'class-balanced', capacity: 20 }),
  'er (per-class)': () => experienceReplay({ buffer: 'per-class', capacity: 5, batchSize: 8 }),
  lwf: () => lwf(),
  agem: () => agem({ capacity: 5 }),
  der: () => darkExperienceReplay({ alpha: 0.5, capacity: 20 }),
  derpp: () => darkExperienceReplay({ alpha: 0.5, beta: 0.5, capacity: 20 }),
  dgr: () => deepGenerativeReplay({ latent: 4 }),
  bir: () => brainInspiredReplay({ latent: 4 }),
  'bir (task gates)': () => brainInspiredReplay({ latent: 4, gateBy: 'task', gatedFraction: 0.5, batchSize: 7 }),
  icarl: () => icarl({ capacity: 5 }),
  'generative-classifier': () => generativeClassifier({ hidden: [6], latent: 2, samples: 3 }),
  slda: () => slda(),
  ncm: () => ncm(),
  naca: () => naca({ mask: 'row' }),
  'naca (spiking)': () => naca({ neuron: 'spiking', steps: 4 }),
  sleep: () => sleep({ replaySteps: 2, batchSize: 8 }),
  'separate-networks': () => separateNetworks(),
};
/** One of each kind: what takes part in a step by other hooks. A combination of two others would tell nothing new. */
const combined = ['ewc', 'si', 'xdg', 'er (per-class)', 'lwf', 'agem', 'derpp', 'bir', 'icarl', 'sleep'];
const names = Object.keys(strategies);
const make = (name: string): Strategy[] => {
  const build = strategies[name];
  return build === undefined ? [] : [build()];
};
const pairs = combined.flatMap((a, i) =>
  combined.slice(i + 1).map((b) => [`${a} + ${b}`, () => [...make(a), ...make(b)]] as const),
);
const all = [['none', () => []] as const, ...names.map((name) => [name, () => make(name)] as const), ...pairs];

/** Whether anything is left to chance: means and covariances are not. */
const draws = (built: readonly Strategy[]): boolean => !built.some(({ name }) => name === 'ncm' || name === 'slda');

describe.each(all)('%s', (_, build) => {
  it('is the same with the same seed, and goes on from a saved state as if it had never stopped', async () => {
    const stream = await digitTasks('task');
    const straight = smallLearner(stream, build());
    const losses = train(straight, stream, 3);
    const again = smallLearner(stream, build());
    expect(train(again, stream, 3)).toEqual(losses);
    expect(await again.weightsHash()).toBe(await straight.weightsHash());

    const first = smallLearner(stream, build());
    train(first, stream, 3, 0, 2);
    const resumed = smallLearner(stream, build(), 1);
    await resumed.load(await first.save());
    train(resumed, stream, 3, 2);
    expect(await resumed.weightsHash()).toBe(await straight.weightsHash());

    const other = smallLearner(stream, build(), 2);
    train(other, stream, 3);
    if (draws(build())) expect(await other.weightsHash()).not.toBe(await straight.weightsHash());
    else expect(await other.weightsHash()).toBe(await straight.weightsHash());
    for (const learner of [straight, again, first, resumed, other]) learner.dispose();
  });

  it('leaves no tensor behind', async () => {
    const stream = await digitTasks('task');
    const before = tf.memory().numTensors;
    const learner = smallLearner(stream, build());
    train(learner, stream, 2);
    const [task] = stream.tasks;
    if (task !== undefined) await learner.accuracy(0, task.test);
    learner.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

/** The first task is trained otherwise too: with a generator in the network, with replay, or with another loss. */
const trainsFromTheStart = (name: string): boolean => /^(bir|der|icarl|naca)/.test(name);

it.each(
  names.filter(
    (name) =>
      !trainsFromTheStart(name) && make(name).every(({ standsAlone, gate }) => !standsAlone && gate === undefined),
  ),
)('%s changes nothing in the first task', async (name) => {
  const stream = await digitTasks('task');
  const plain = train(smallLearner(stream, []), stream, 4, 0, 1);
  const own = train(smallLearner(stream, make(name)), stream, 4, 0, 1);
  expect(own).toEqual(plain);
});

it('keeps the number of live tensors constant over 100 tasks', async () => {
  const stream = await digitTasks('task');
  const learner = smallLearner(stream, [
    ewc({ lambda: 10, fisher }),
    si({ c: 1 }),
    xdg({ gatedFraction: 0.5 }),
    experienceReplay({ capacity: 30 }),
  ]);
  const counts: number[] = [];
  for (let task = 0; task < 100; task++) {
    const own = stream.tasks[task % 5];
    if (own === undefined) throw new Error('no task');
    learner.beginTask(own.index);
    for (let step = 0; step < 2; step++) learner.step([own.train.batch(Int32Array.of(0, 1, 2, 3))]).dispose();
    learner.consolidate(own.index, own.train);
    counts.push(tf.memory().numTensors);
  }
  learner.dispose();
  expect(new Set(counts.slice(1)).size).toBe(1);
});

const ownEngines = (await probeEngines()).flatMap(({ name, usable }) =>
  usable && (name === 'native' || name === 'wasm') ? [name] : [],
);
/** Steps that can be compared where a rounding error may turn a decision: an answer taken as a label, the next exemplar, a spike. */
const comparable: Readonly<Record<string, number>> = { dgr: 20, icarl: 20, 'naca (spiking)': 1 };
/** Losses of TensorFlow.js' own kernels, by strategy: they are slow, and every engine is compared with the same ones. */
const stockLosses = new Map<string, Promise<readonly number[]>>();
const lossesOn = async (engine: 'native' | 'wasm' | 'cpu', name: string): Promise<readonly number[]> => {
  const stream = await digitTasks('task');
  await useEngine(engine);
  const learner = smallLearner(stream, make(name));
  const losses = train(learner, stream, 20);
  learner.dispose();
  return losses;
};
describe.skipIf(ownEngines.length === 0).each(ownEngines)('training on the engine %s', (engine) => {
  it.each(names)('%s: the losses of TensorFlow.js over 100 steps', async (name) => {
    const known = stockLosses.get(name) ?? lossesOn('cpu', name);
    stockLosses.set(name, known);
    const stock = await known;
    const own = await lossesOn(engine, name);
    expect(own).toHaveLength(100);
    // relative to the loss, or to a thousandth of a nat where there is hardly any
    own.slice(0, comparable[name] ?? 100).forEach((loss, i) => {
      expect(Math.abs(loss - (stock[i] ?? NaN)) / Math.max(loss, 1e-3)).toBeLessThan(1e-4);
    });
  });
});
