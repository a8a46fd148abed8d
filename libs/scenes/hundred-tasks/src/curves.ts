/** Right by guessing: one of ten digits. */
export const chance = 0.1;

/** Mean accuracy on the tasks learned so far after each of them, from R[i][j] with the untrained row first. */
export const curveOf = (matrix: readonly (readonly number[])[]): readonly number[] =>
  matrix.slice(1).map((row, i) => row.slice(0, i + 1).reduce((sum, value) => sum + value, 0) / (i + 1));

/** The mean over k tasks of a network that knows the last one perfectly and guesses at all others. */
export const onlyTheLast = (tasks: number): number => (1 + (tasks - 1) * chance) / tasks;

/**
 * After how many tasks one curve has overtaken another for good: the first k from which it is never below again. Null where it
 * is not above at the end, or was above from the first task on.
 */
export function crossover(rising: readonly number[], falling: readonly number[]): number | null {
  const length = Math.min(rising.length, falling.length);
  const below = Array.from({ length }, (_, k) => (rising[k] ?? 0) <= (falling[k] ?? 0));
  const last = below.lastIndexOf(true);
  return last === -1 || last === length - 1 ? null : last + 2;
}
