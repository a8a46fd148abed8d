import { mean } from '@engram/metrics';
import { createRng } from '@engram/random';
import { describe, expect, it } from 'vitest';
import { still } from './experiment.ts';
import { digitSpan, practiseMirrorDrawing } from './spared.ts';
import recorded from './still.json' with { type: 'json' };
import { stepsOf, study } from './study.ts';
import type { Findings } from './study.ts';

const seeds = [1, 2, 3];
function finish(year: number, fraction: number): Findings {
  const findings = [...study({ year, fraction }, seeds)].at(-1);
  if (!findings) throw new Error('the study ended without findings');
  return findings;
}
const whole = finish(30, 0);
const half = finish(30, 0.5);
const full = finish(30, 1);

describe('a life in two stores', () => {
  it('keeps remote events and loses recent ones when the fast store is lost', () => {
    expect(full.remote.mean - full.recent.mean).toBeGreaterThan(0.3);
    expect(full.remote.mean).toBeGreaterThan(0.7);
  });

  it('keeps next to nothing of what comes afterwards', () => {
    expect(full.afterwards.mean).toBeLessThan(0.1);
    expect(half.afterwards.mean).toBeGreaterThan(full.afterwards.mean + 0.2);
  });

  it('has no gradient while nothing is lost', () => {
    expect(Math.abs(whole.remote.mean - whole.recent.mean)).toBeLessThan(0.15);
    expect(whole.afterwards.mean).toBeGreaterThan(0.9);
    expect(Math.min(...whole.recall.map(({ mean: recalled }) => recalled))).toBeGreaterThan(0.6);
  });

  it('loses the nearest years most', () => {
    const before = (from: number, to: number) =>
      mean(full.recall.slice(from, to).map(({ mean: recalled }) => recalled));
    expect(before(28, 30)).toBeLessThan(before(25, 28));
    expect(before(25, 28)).toBeLessThan(before(15, 25));
  });

  it('reports every model year, and what the finished lives show', () => {
    const views = [...study({ year: 12, fraction: 1 }, [1, 2])];
    expect(views).toHaveLength(stepsOf([1, 2]));
    expect(views[0]).toBeNull();
    expect(views.at(-2)?.seeds).toEqual([1]);
    expect(views.at(-1)?.seeds).toEqual([1, 2]);
  });
});

describe('what is spared by construction', () => {
  it('learns mirror drawing, whatever the lesion', () => {
    const errors = practiseMirrorDrawing(createRng(4));
    expect(mean(errors.slice(20))).toBeLessThan(0.4 * mean(errors.slice(0, 3)));
    expect(full.skill).toEqual(whole.skill);
  });

  it('has a digit span of about six, whatever the lesion', () => {
    // a loop of two seconds holds 2 / 0.27 = 7.4 digits; the weakest trace of a list decides, which costs about one
    expect(digitSpan(createRng(4))).toBeGreaterThanOrEqual(5);
    expect(digitSpan(createRng(4))).toBeLessThanOrEqual(7);
    expect(full.digitSpan).toEqual(whole.digitSpan);
  });
});

describe('the still figure', () => {
  it('shows what the model gives for the initial settings', () => {
    expect(still()).toEqual(recorded);
  });
});
