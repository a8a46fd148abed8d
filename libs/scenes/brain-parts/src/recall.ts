import type { Pattern } from './patterns.ts';
import { overlap, winners } from './patterns.ts';

/** What comes to mind, and how clearly. */
export interface Answer {
  readonly pattern: Pattern;
  /** How far the winning units stand above the strongest loser; 1 for a pair that is stored exactly and alone. */
  readonly clarity: number;
}

/** Below this clarity nothing comes to mind. */
export const threshold = 0.08;

/** Share of the content that has to be right. */
const enough = 0.7;

/** The `count` most excited units as an answer; `full` is the excitation of a perfect one. */
export function answer(activation: Float32Array, count: number, full: number): Answer {
  const best = winners(activation, count + 1);
  const pattern = best.slice(0, count);
  if (pattern.length < count) return { pattern, clarity: 0 };
  const loser = activation[best[count] ?? -1] ?? 0;
  const mean = pattern.reduce((sum, unit) => sum + (activation[unit] ?? 0), 0) / count;
  return { pattern, clarity: (mean - loser) / full };
}

export const clearer = (a: Answer, b: Answer): Answer => (a.clarity > b.clarity ? a : b);

export const isRecalled = ({ pattern, clarity }: Answer, content: Pattern): boolean =>
  clarity >= threshold && overlap(pattern, content) >= enough;
