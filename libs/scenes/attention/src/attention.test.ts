import { mean } from '@engram/metrics';
import { describe, expect, it } from 'vitest';
import { still } from './experiment.ts';
import recorded from './still.json' with { type: 'json' };
import { remember } from './episode.ts';
import { listen, listenAgain, rateOf } from './stream.ts';
import type { Kind, Settings } from './stream.ts';

const seeds = Array.from({ length: 24 }, (_, i) => i);
const usual: Settings = { filter: 0.9, noradrenaline: 0.8, dopamine: 0.5 };
const share = (settings: Settings, kind: Kind) => mean(seeds.map((seed) => listen(settings, seed)[kind]));

describe('a stream of events', () => {
  it('has a learning rate for each event', () => {
    // 0.25 · 1 · (1 + 0.8), 0.25 · 1 · (1 + 0.5), 0.25 · (1 − 0.9)
    expect(rateOf('surprising', usual)).toBeCloseTo(0.45);
    expect(rateOf('rewarded', usual)).toBeCloseTo(0.375);
    expect(rateOf('unattended', usual)).toBeCloseTo(0.025);
  });

  it('keeps more of what is surprising or rewarded, at the same exposure', () => {
    expect(share(usual, 'surprising')).toBeGreaterThan(share(usual, 'neutral') + 0.3);
    expect(share(usual, 'rewarded')).toBeGreaterThan(share(usual, 'neutral') + 0.3);
  });

  it('makes no difference without neuromodulators, up to chance', () => {
    const plain = { ...usual, noradrenaline: 0, dopamine: 0 };
    // 24 streams of 25 events: the standard error of a difference of shares near 0.6 is about 0.03
    expect(Math.abs(share(plain, 'surprising') - share(plain, 'neutral'))).toBeLessThan(0.1);
    expect(share(plain, 'neutral')).toBeGreaterThan(share(usual, 'neutral') + 0.1);
  });

  it('keeps little of what is not attended', () => {
    expect(share(usual, 'unattended')).toBeLessThan(0.2);
    const open = { ...usual, filter: 0 };
    expect(Math.abs(share(open, 'unattended') - share(open, 'neutral'))).toBeLessThan(0.1);
  });

  it('yields the recalls so far', () => {
    const views = [...listenAgain(usual, [3, 4])];
    expect(views.map((recalls) => recalls.length)).toEqual([1, 2]);
    expect(views[1]?.[0]).toEqual(listen(usual, 3));
  });
});

describe('a remembered episode', () => {
  const quiet = Array.from({ length: 12 }, () => 0.2);
  const withPeak = quiet.with(4, 1);
  const withPeakAndEnd = withPeak.with(11, 0.9);

  it('gives its peak more weight than its neighbours', () => {
    const { weights } = remember(withPeak, 1.5, seeds);
    expect(weights[4]).toBeGreaterThan(1.8 * Math.max(weights[3] ?? 1, weights[5] ?? 1));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
  });

  it('is judged above how it was lived when peak and end stand out, and less so without noradrenaline', () => {
    const judged = remember(withPeakAndEnd, 1.5, seeds);
    expect(judged.remembered).toBeGreaterThan(judged.lived + 0.15);
    expect(judged.remembered).toBeLessThanOrEqual(judged.peakAndEnd);
    const plain = remember(withPeakAndEnd, 0, seeds);
    expect(plain.remembered).toBeLessThan(plain.lived + 0.1);
  });

  it('is judged better after a good end than after a good beginning of the same length', () => {
    const rising = Array.from({ length: 12 }, (_, i) => i / 11);
    const up = remember(rising, 1.5, seeds);
    const down = remember(rising.toReversed(), 1.5, seeds);
    expect(up.lived).toBeCloseTo(down.lived);
    expect(up.remembered).toBeGreaterThan(down.remembered + 0.1);
  });
});

describe('the still figure', () => {
  it('shows what the model gives for the initial settings', () => {
    expect(still()).toEqual(recorded);
  });
});
