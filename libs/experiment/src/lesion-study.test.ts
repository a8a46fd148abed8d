import { loadEmbedded } from '@engram/datasets';
import type { Dataset } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { mean } from '@engram/metrics';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSpec, lesionStudy, runExperiment } from './index.ts';
import type { LesionOptions, LesionResult, SpecRequest, TrainedModel } from './index.ts';

let digits: Dataset;
beforeAll(async () => {
  digits = await loadEmbedded('digits');
});

/** A small network that has learned, and its last row of accuracies. */
async function trained(request: Partial<SpecRequest>): Promise<{ model: TrainedModel; last: readonly number[] }> {
  const engine = await useEngine('auto');
  const { spec } = buildSpec({
    preset: 'split-mnist',
    scenario: 'task',
    data: 'digits',
    iterations: 60,
    batch: 16,
    hidden: [20],
    ...request,
  });
  const kept: TrainedModel[] = [];
  let last: readonly number[] = [];
  const environment = {
    engine,
    loadDataset: () => Promise.resolve(digits),
    software: { version: '0.0.0', commit: null },
  };
  const saveModel = (model: TrainedModel): Promise<void> => Promise.resolve(void kept.push(model));
  for await (const event of runExperiment(spec, { seed: 1, environment, saveModel })) {
    if (event.type === 'finished') last = event.record.matrix.at(-1) ?? [];
  }
  const [model] = kept;
  if (model === undefined) throw new Error('the run left no model');
  return { model, last };
}

const options: LesionOptions = { target: 'units', shares: [0.5, 1], remaining: 0, examples: 1000 };

async function study(model: TrainedModel, own: Partial<LesionOptions> = {}): Promise<LesionResult[]> {
  const results: LesionResult[] = [];
  for await (const result of lesionStudy(model, digits, { ...options, ...own })) results.push(result);
  return results;
}

describe('a lesion study', () => {
  it.each(['er', 'xdg', 'separate-networks'])('begins with what the %s run ended with', async (strategy) => {
    const { model, last } = await trained({ strategy });
    const before = tf.memory().numTensors;
    const [intact] = await study(model, { shares: [] });
    expect(intact).toEqual({ which: 'intact', share: 0, accuracies: last });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('finds that unimportant units are missed less than important ones, and nothing is left without any', async () => {
    const { model } = await trained({ strategy: 'er' });
    const results = await study(model);
    expect(results.map(({ which, share }) => `${which} ${share}`)).toEqual([
      'intact 0',
      'random 0.5',
      'least-important 0.5',
      'most-important 0.5',
      'random 1',
      'least-important 1',
      'most-important 1',
    ]);
    const [intact = 0, random = 0, least = 0, most = 0, ...none] = results.map(({ accuracies }) => mean(accuracies));
    expect(least).toBeGreaterThan(most + 0.05);
    expect(intact).toBeGreaterThanOrEqual(least);
    expect(random).toBeLessThanOrEqual(intact);
    // without hidden units the answer is always the same: about half of two classes are right
    for (const accuracy of none) expect(accuracy).toBeCloseTo(0.5, 1);
    expect(await study(model)).toEqual(results);
  });

  it('decay by nothing changes nothing', async () => {
    const { model, last } = await trained({ strategy: 'ewc' });
    for (const { accuracies } of await study(model, { target: 'weights', shares: [0.5], remaining: 1 })) {
      expect(accuracies).toEqual(last);
    }
  });

  it('refuses answers that are no logits, and data that have changed', async () => {
    const { model } = await trained({ strategy: 'ncm', scenario: 'class' });
    await expect(study(model)).rejects.toThrow(/ncm answers in another way/);
    const plain = await trained({ strategy: 'none' });
    const changed = { ...plain.model, info: { ...plain.model.info, data: { ...plain.model.info.data, hash: 'x' } } };
    await expect(study(changed)).rejects.toThrow(/contents have changed/);
  });
});
