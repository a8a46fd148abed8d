import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRight } from './answers.ts';
import { en } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import { pairCount, planOf, readHistory, scoresOf, sessionReducer } from './session.ts';
import type { Action, Session } from './session.ts';

const minute = 60_000;
const start: Session = { step: { kind: 'rest' }, history: null };
const play = (session: Session, ...actions: readonly Action[]): Session => actions.reduce(sessionReducer, session);
const next = (count: number): readonly Action[] =>
  Array.from({ length: count }, () => ({ type: 'next', now: 0, seed: 3 }));
const answers = (right: readonly boolean[], now: number): readonly Action[] => [
  { type: 'test' },
  ...right.map((isRight, pair): Action => ({ type: 'answer', pair, isRight, now })),
];
const studied = play(start, { type: 'study' }, ...next(pairCount + 4));

describe('an answer', () => {
  it('counts in any capitals, with spaces, and with one slip in a long word', () => {
    for (const given of ['comet', ' Comet ', 'COMET.', 'commet', 'comit'])
      expect(isRight(given, 'comet'), given).toBe(true);
    for (const given of ['', 'planet', 'cmt']) expect(isRight(given, 'comet'), given).toBe(false);
    expect(isRight('hat', 'cat')).toBe(false);
  });

  it('counts in Korean, composed or not', () => {
    expect(isRight('혜성'.normalize('NFD'), '혜성')).toBe(true);
    expect(isRight('바이 올린', '바이올린')).toBe(true);
    expect(isRight('행성', '혜성')).toBe(false);
  });

  it('has no word that counts for another, in either language', () => {
    for (const { pairs } of [en, ko]) {
      const words = pairs.flatMap(({ target, rival }) => [target, rival]);
      for (const word of words) expect(words.filter((other) => isRight(word, other))).toEqual([word]);
    }
  });
});

describe('a plan', () => {
  it('shows every pair once, half of the cues twice, and asks for every pair', () => {
    fc.assert(
      fc.property(fc.nat(999_999), fc.nat(20), (seed, test) => {
        const plan = planOf(seed);
        const all = Array.from({ length: pairCount }, (_, i) => i);
        expect([...plan.first].sort()).toEqual(all);
        expect([...plan.test(test)].sort()).toEqual(all);
        expect(new Set(plan.second).size).toBe(4);
      }),
    );
  });
});

describe('a session', () => {
  it('goes through both lists before it can be tested', () => {
    expect(play(start, { type: 'test' })).toEqual(start);
    expect(play(start, { type: 'study' }, ...next(pairCount)).step).toEqual({ kind: 'second', at: 0 });
    expect(studied).toEqual({ step: { kind: 'rest' }, history: { seed: 3, studiedAt: 0, tests: [] } });
  });

  it('keeps every test with its time', () => {
    const all = Array.from({ length: pairCount }, () => true);
    const half = all.map((_, i) => i < 4);
    const session = play(studied, ...answers(all, minute), ...answers(half, 20 * minute));
    expect(session.history?.tests).toEqual([
      { at: minute, right: all },
      { at: 20 * minute, right: half },
    ]);
  });

  it('is scored apart for cues that came once and twice', () => {
    const plan = planOf(3);
    const right = Array.from({ length: pairCount }, (_, pair) => !plan.second.includes(pair));
    expect(scoresOf(right, plan)).toEqual({ all: 0.5, once: 1, twice: 0 });
  });

  it('forgets everything when the reader says so', () => {
    expect(play(studied, { type: 'erase' })).toEqual(start);
  });
});

describe('what the browser kept', () => {
  it('comes back as it was', () => {
    expect(readHistory(JSON.stringify(studied.history))).toEqual(studied.history);
  });

  it('counts as nothing when it cannot be read', () => {
    for (const stored of [null, '', '{', '{"seed":1}', '{"seed":1,"studiedAt":0,"tests":[{"at":1,"right":[true]}]}'])
      expect(readHistory(stored)).toBeNull();
  });
});
