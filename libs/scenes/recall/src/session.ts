import { createRng } from '@engram/random';
import * as z from 'zod/mini';

/** A cue, what belongs to it, and what the second list puts in its place. */
export interface Pair {
  readonly cue: string;
  readonly target: string;
  readonly rival: string;
}

export const pairCount = 8;
const twiceCount = 4;

/** Which pairs come back in the second list with another word, and in which order everything is shown. */
export interface Plan {
  readonly first: readonly number[];
  /** The second list: half of the cues, each with its rival. */
  readonly second: readonly number[];
  test(number: number): readonly number[];
}

export function planOf(seed: number): Plan {
  const rng = createRng(seed).fork('recall');
  return {
    first: [...rng.fork('first').permutation(pairCount)],
    second: [...rng.fork('second').sample(pairCount, twiceCount)],
    test: (number) => [...rng.fork('test').fork(number).permutation(pairCount)],
  };
}

const testSchema = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  /** For each pair, whether it was recalled. */
  right: z.array(z.boolean()).check(z.length(pairCount)),
});

const historySchema = z.object({ seed: z.number(), studiedAt: z.number(), tests: z.array(testSchema) });

/** What the browser keeps between visits, and nothing else does. */
export type History = z.infer<typeof historySchema>;

/** The history in a stored text, or null if there is none that can be read. */
export function readHistory(stored: string | null): History | null {
  if (stored === null) return null;
  try {
    return historySchema.parse(JSON.parse(stored));
  } catch {
    return null;
  }
}

/** Where the reader is. */
export type Step =
  | { readonly kind: 'rest' }
  | { readonly kind: 'first' | 'second'; readonly at: number }
  | { readonly kind: 'test'; readonly at: number; readonly right: readonly boolean[] };

export interface Session {
  readonly step: Step;
  readonly history: History | null;
}

export type Action =
  | { readonly type: 'study' }
  | { readonly type: 'next'; readonly now: number; readonly seed: number }
  | { readonly type: 'test' }
  | { readonly type: 'answer'; readonly pair: number; readonly isRight: boolean; readonly now: number }
  | { readonly type: 'load'; readonly history: History | null }
  | { readonly type: 'erase' };

/** How a session goes on; the one place where it does. */
export function sessionReducer(session: Session, action: Action): Session {
  const { step, history } = session;
  switch (action.type) {
    case 'study':
      return { step: { kind: 'first', at: 0 }, history: null };
    case 'next':
      return advance(session, action);
    case 'test':
      return history === null ? session : { step: { kind: 'test', at: 0, right: [] }, history };
    case 'answer': {
      if (step.kind !== 'test' || history === null) return session;
      const right = step.right.slice();
      right[action.pair] = action.isRight;
      if (step.at + 1 < pairCount) return { step: { kind: 'test', at: step.at + 1, right }, history };
      return {
        step: { kind: 'rest' },
        history: { ...history, tests: [...history.tests, { at: action.now, right: Array.from(right, Boolean) }] },
      };
    }
    case 'load':
      return { step: { kind: 'rest' }, history: action.history };
    case 'erase':
      return { step: { kind: 'rest' }, history: null };
  }
}

function advance(session: Session, { now, seed }: { readonly now: number; readonly seed: number }): Session {
  const { step, history } = session;
  if (step.kind === 'first')
    return step.at + 1 < pairCount
      ? { step: { kind: 'first', at: step.at + 1 }, history }
      : { step: { kind: 'second', at: 0 }, history: { seed, studiedAt: now, tests: [] } };
  if (step.kind === 'second')
    return step.at + 1 < twiceCount
      ? { step: { kind: 'second', at: step.at + 1 }, history }
      : { step: { kind: 'rest' }, history };
  return session;
}

/** Shares recalled in one test: of all pairs, of those whose cue came once, of those whose cue came twice. */
export function scoresOf(
  right: readonly boolean[],
  plan: Plan,
): { readonly all: number; readonly once: number; readonly twice: number } {
  const share = (pairs: readonly number[]) => pairs.filter((pair) => right[pair] === true).length / pairs.length;
  return {
    all: share(plan.first),
    once: share(plan.first.filter((pair) => !plan.second.includes(pair))),
    twice: share(plan.second),
  };
}
