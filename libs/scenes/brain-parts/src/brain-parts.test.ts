import { mean } from '@engram/metrics';
import { createRng } from '@engram/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFastStore, createSlowStore, drawItem, encodingRate, isRecalled } from './index.ts';
import type { Item } from './index.ts';
import { overlap, winners } from './patterns.ts';
import { answer, clearer } from './recall.ts';
import { associate, correct, downscale, excite, noWeights } from './weights.ts';

const units = (...indices: number[]) => Int32Array.from(indices);
const layer = { units: 300, active: 8 };
const fastStore = (keep = 0.99) =>
  createFastStore({ cue: layer, content: layer, index: { units: 200, active: 10 }, keep });

describe('winners', () => {
  it('are the most excited units, of equals the first, and never one that is not excited', () => {
    expect([...winners(Float32Array.of(1, 3, 0, 2, 3, -1), 3)]).toEqual([1, 4, 3]);
    expect([...winners(Float32Array.of(0, 0.5, -2), 2)]).toEqual([1]);
  });

  it('are what sorting gives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 9 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 8 }),
        (sums, k) => {
          const sorted = [...sums.keys()]
            .filter((i) => (sums[i] ?? 0) > 0)
            .sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0) || a - b);
          expect([...winners(Float32Array.from(sums), k)]).toEqual(sorted.slice(0, k));
        },
      ),
    );
  });
});

describe('weights', () => {
  it('add up over the active senders', () => {
    const weights = noWeights(3, 2);
    associate(weights, units(0, 2), units(1), 2);
    associate(weights, units(2), units(0), 1);
    // receiver 0 hears 1 from sender 2; receiver 1 hears 2 from sender 0 and 2 from sender 2
    expect([...excite(weights, units(0, 2))]).toEqual([1, 4]);
    expect([...excite(weights, units(1))]).toEqual([0, 0]);
  });

  it('follow the delta rule', () => {
    const weights = noWeights(2, 2);
    // senders 0 and 1 active, target (1, 0), rate ½: each weight to receiver 0 grows by ½ · 1 / 2 = ¼, so the sum is ½
    correct(weights, units(0, 1), units(0), 0.5);
    expect([...excite(weights, units(0, 1))]).toEqual([0.5, 0]);
    // the error is now ½ and −0: half of it again
    correct(weights, units(0, 1), units(0), 0.5);
    expect([...excite(weights, units(0, 1))]).toEqual([0.75, 0]);
  });

  it('lose what is weak when they are downscaled', () => {
    const weights = noWeights(1, 3);
    associate(weights, units(0), units(0), 1);
    associate(weights, units(0), units(1), 0.25);
    downscale(weights, 0.5, 0.2);
    expect([...excite(weights, units(0))]).toEqual([0.5, 0, 0]);
  });
});

describe('recall', () => {
  it('is as clear as the winners stand out', () => {
    // winners 3 and 2, best loser 1: (2.5 − 1) / 5
    expect(answer(Float32Array.of(3, 1, 2), 2, 5)).toEqual({ pattern: units(0, 2), clarity: 0.3 });
    expect(answer(Float32Array.of(3, 0, 0), 2, 5).clarity).toBe(0);
  });

  it('needs both clarity and most of the content', () => {
    expect(isRecalled({ pattern: units(1, 2, 3, 4), clarity: 0.5 }, units(1, 2, 3, 9))).toBe(true);
    expect(isRecalled({ pattern: units(1, 2, 3, 4), clarity: 0.01 }, units(1, 2, 3, 4))).toBe(false);
    expect(isRecalled({ pattern: units(1, 2, 3, 4), clarity: 1 }, units(1, 2, 8, 9))).toBe(false);
    const [clear, dim] = [
      { pattern: units(1), clarity: 0.6 },
      { pattern: units(2), clarity: 0.2 },
    ];
    expect(clearer(clear, dim)).toBe(clear);
    expect(clearer(dim, clear)).toBe(clear);
  });
});

describe('the fast store', () => {
  it('holds an item after one exposure, and the strongest trace is the clearest', () => {
    const rng = createRng('fast');
    const store = fastStore(1);
    const items = [1, 0.5].map((strength) => {
      const item = drawItem(rng, layer, layer);
      store.write(item, strength, rng);
      return item;
    });
    const [strong, weak] = items.map(({ cue }) => store.recall(cue));
    expect(items.every(({ cue, content }) => isRecalled(store.recall(cue), content))).toBe(true);
    expect(strong?.clarity).toBeGreaterThan(2 * (weak?.clarity ?? 1));
  });

  it('forgets the oldest first when more comes than it can hold', () => {
    const rng = createRng('capacity');
    const store = fastStore(0.97);
    const items = Array.from({ length: 120 }, () => drawItem(rng, layer, layer));
    for (const item of items) store.write(item, 1, rng);
    const held = items.map(({ cue, content }) => Number(isRecalled(store.recall(cue), content)));
    expect(mean(held.slice(100))).toBeGreaterThan(0.9);
    expect(mean(held.slice(0, 60))).toBeLessThan(0.1);
  });

  it('calls up items that it was given, without a cue', () => {
    const rng = createRng('dream');
    const store = fastStore();
    const items = Array.from({ length: 20 }, () => drawItem(rng, layer, layer));
    for (const item of items) store.write(item, 1, rng);
    const isReal = (dream: Item) =>
      items.some(({ cue, content }) => overlap(dream.cue, cue) === 1 && overlap(dream.content, content) === 1);
    // a unit that belongs to no item calls up nothing
    const dreams = Array.from({ length: 100 }, () => store.dream(rng)).filter(({ cue }) => cue.length > 0);
    expect(dreams.length).toBeGreaterThan(50);
    expect(dreams.filter(isReal).length / dreams.length).toBeGreaterThan(0.9);
  });

  it('is silent after the loss of all its index units, and takes nothing in', () => {
    const rng = createRng('lesion');
    const store = fastStore();
    const [before, after] = [drawItem(rng, layer, layer), drawItem(rng, layer, layer)];
    store.write(before, 1, rng);
    store.lesion(1, rng);
    store.write(after, 1, rng);
    expect([before, after].map(({ cue }) => store.recall(cue).clarity)).toEqual([0, 0]);
    expect(store.dream(rng).cue).toHaveLength(0);
  });

  it('frees connections when weak ones are lost, and keeps the strong item', () => {
    const rng = createRng('scale');
    const store = fastStore(1);
    const [strong, weak] = [drawItem(rng, layer, layer), drawItem(rng, layer, layer)];
    store.write(strong, 1, rng);
    store.write(weak, 0.2, rng);
    const full = store.free();
    store.downscale(0.8, 0.3);
    expect(store.free()).toBeGreaterThan(full);
    expect(isRecalled(store.recall(strong.cue), strong.content)).toBe(true);
    expect(isRecalled(store.recall(weak.cue), weak.content)).toBe(false);
  });
});

describe('the slow store', () => {
  it('needs many small lessons', () => {
    const rng = createRng('slow');
    const store = createSlowStore(layer, layer);
    const item = drawItem(rng, layer, layer);
    store.learn(item, 0.05);
    expect(isRecalled(store.recall(item.cue), item.content)).toBe(false);
    for (let i = 0; i < 4; i++) store.learn(item, 0.05);
    expect(isRecalled(store.recall(item.cue), item.content)).toBe(true);
  });
});

describe('encoding', () => {
  it('multiplies attention with what reward and surprise add', () => {
    const gains = { base: 0.2, dopamine: 1, noradrenaline: 2 };
    expect(encodingRate({ attention: 0.5, reward: 0, surprise: 0 }, gains)).toBeCloseTo(0.1);
    // 0.2 · 0.5 · (1 + 1 · 1 + 2 · ½) = 0.3
    expect(encodingRate({ attention: 0.5, reward: 1, surprise: 0.5 }, gains)).toBeCloseTo(0.3);
    expect(encodingRate({ attention: 0, reward: 1, surprise: 1 }, gains)).toBe(0);
    expect(encodingRate({ attention: 1, reward: 1, surprise: 1 }, { ...gains, base: 0.9 })).toBe(1);
  });
});
