import { mean } from '@engram/metrics';
import { describe, expect, it } from 'vitest';
import { still } from './experiment.ts';
import recorded from './still.json' with { type: 'json' };
import { kinds, mostNights, sleep, strengthOf } from './nights.ts';
import type { Morning, Sleep } from './nights.ts';

const seeds = [1, 2, 3];
const quiet: Sleep = { nights: mostNights, replay: false, scaling: 1, interference: 0 };

/** A number on each morning, mean over the seeds. */
function mornings(settings: Sleep, read: (morning: Morning) => number): readonly number[] {
  const people = seeds.map((seed) => [...sleep(settings, seed)]);
  return Array.from({ length: settings.nights + 1 }, (_, night) =>
    mean(
      people.map((nights) =>
        read(nights[night] ?? { recalled: { vivid: 0, ordinary: 0, faint: 0 }, slow: 0, signalToNoise: 0, free: 0 }),
      ),
    ),
  );
}
const last = (values: readonly number[]): number => values.at(-1) ?? Number.NaN;
const total = ({ recalled }: Morning): number => mean(kinds.map((kind) => recalled[kind]));

describe('sleep', () => {
  it('writes vivid moments more strongly than ordinary, and these more than faint ones', () => {
    expect(strengthOf('vivid')).toBe(1);
    expect(strengthOf('ordinary')).toBeCloseTo(0.6);
    expect(strengthOf('faint')).toBeCloseTo(0.42);
  });

  it('fills the slow store night by night, with replay only', () => {
    const slow = mornings({ ...quiet, replay: true }, (morning) => morning.slow);
    expect(slow[0]).toBe(0);
    expect(slow[4]).toBeGreaterThan(0.35);
    expect(last(slow)).toBeGreaterThan((slow[4] ?? 1) + 0.1);
    expect(mornings(quiet, (morning) => morning.slow)).toEqual(Array.from({ length: mostNights + 1 }, () => 0));
  });

  it('raises the signal over the noise by scaling alone, and frees connections', () => {
    const scaled = { ...quiet, scaling: 0.85 };
    const ratio = mornings(scaled, (morning) => morning.signalToNoise);
    expect(ratio[6]).toBeGreaterThan(1.5 * (ratio[0] ?? 1));
    const free = mornings(scaled, (morning) => morning.free);
    expect(last(free)).toBeGreaterThan((free[0] ?? 1) + 0.2);
  });

  it('loses the faint moments first when it only scales, and the vivid ones last', () => {
    const of = (kind: (typeof kinds)[number]) =>
      mornings({ ...quiet, scaling: 0.85 }, ({ recalled }) => recalled[kind]);
    const lostAt = (values: readonly number[]) => values.findIndex((value) => value < 0.05);
    expect(lostAt(of('faint'))).toBeGreaterThan(0);
    expect(lostAt(of('ordinary'))).toBeGreaterThan(lostAt(of('faint')));
    expect(last(of('vivid'))).toBeGreaterThan(0.9);
  });

  it('keeps more with replay when the days bring something else', () => {
    const busy = { ...quiet, interference: 30 };
    const without = last(mornings(busy, total));
    expect(last(mornings({ ...busy, replay: true }, total))).toBeGreaterThan(without + 0.2);
  });

  it('repeats itself for the same seed', () => {
    const short = { ...quiet, nights: 2, replay: true };
    expect([...sleep(short, 7)]).toEqual([...sleep(short, 7)]);
    expect([...sleep(short, 7)]).not.toEqual([...sleep(short, 8)]);
  });
});

describe('the still figure', () => {
  it('shows what the model gives for the initial settings', () => {
    expect(still()).toEqual(recorded);
  });
});
