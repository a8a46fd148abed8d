import { entry, requireAccuracyMatrix, tasksLearned } from './accuracy-matrix.ts';
import type { AccuracyMatrix } from './accuracy-matrix.ts';
import { mean } from './statistics.ts';

// T below is the number of tasks learned so far; tasks are counted from 1 as in the papers, columns from 0.

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const at = (matrix: AccuracyMatrix, i: number, task: number): number => entry(matrix, i, task - 1);

/** A_i = 1/i Σ_{j≤i} R[i][j] for i = 1 … T (Lopez-Paz & Ranzato 2017, arXiv:1706.08840). */
export function curve(matrix: AccuracyMatrix): number[] {
  requireAccuracyMatrix(matrix);
  return upTo(tasksLearned(matrix)).map((i) => mean(upTo(i).map((j) => at(matrix, i, j))));
}

/** ACC = A_T; null before the first task. */
export const averageAccuracy = (matrix: AccuracyMatrix): number | null => curve(matrix).at(-1) ?? null;

/** AIA = 1/T Σ_i A_i (Rebuffi et al. 2017, arXiv:1611.07725); null before the first task. */
export function averageIncrementalAccuracy(matrix: AccuracyMatrix): number | null {
  const values = curve(matrix);
  return values.length === 0 ? null : mean(values);
}

/** LA = 1/T Σ_j R[j][j] (Riemer et al. 2019, arXiv:1810.11910); null before the first task. */
export function learningAccuracy(matrix: AccuracyMatrix): number | null {
  const tasks = tasksLearned(matrix);
  return tasks === 0 ? null : mean(upTo(tasks).map((j) => at(matrix, j, j)));
}

/** BWT = 1/(T−1) Σ_{j<T} (R[T][j] − R[j][j]) (Lopez-Paz & Ranzato 2017); null for fewer than two tasks. */
export function backwardTransfer(matrix: AccuracyMatrix): number | null {
  const tasks = tasksLearned(matrix);
  return tasks < 2 ? null : mean(upTo(tasks - 1).map((j) => at(matrix, tasks, j) - at(matrix, j, j)));
}

/** FWT = 1/(T−1) Σ_{j≥2} (R[j−1][j] − R[0][j]) (Lopez-Paz & Ranzato 2017); null for fewer than two tasks. */
export function forwardTransfer(matrix: AccuracyMatrix): number | null {
  const tasks = tasksLearned(matrix);
  return tasks < 2 ? null : mean(upTo(tasks - 1).map((i) => at(matrix, i, i + 1) - at(matrix, 0, i + 1)));
}

/**
 * F = 1/(T−1) Σ_{j<T} (max_{1≤l≤T−1} R[l][j] − R[T][j]) (Chaudhry et al. 2018, arXiv:1801.10112), with the maximum over
 * every row before the last, as printed; null for fewer than two tasks. Negative where old tasks have improved.
 */
export function forgetting(matrix: AccuracyMatrix): number | null {
  const tasks = tasksLearned(matrix);
  if (tasks < 2) return null;
  return mean(
    upTo(tasks - 1).map((j) => Math.max(...upTo(tasks - 1).map((l) => at(matrix, l, j))) - at(matrix, tasks, j)),
  );
}

/** Forgetting with the maximum over all rows, the last included, so never negative (as Mammoth computes it). */
export function nonNegativeForgetting(matrix: AccuracyMatrix): number | null {
  const tasks = tasksLearned(matrix);
  if (tasks < 2) return null;
  return mean(upTo(tasks - 1).map((j) => Math.max(...upTo(tasks).map((l) => at(matrix, l, j))) - at(matrix, tasks, j)));
}

/** Mean over j < T of R[T][j] / R[j][j]: the share of what was learned that is left; null if a task was never learned. */
export function retention(matrix: AccuracyMatrix): number | null {
  const tasks = tasksLearned(matrix);
  const learned = upTo(Math.max(0, tasks - 1)).map((j) => at(matrix, j, j));
  if (learned.length === 0 || learned.includes(0)) return null;
  return mean(learned.map((value, i) => at(matrix, tasks, i + 1) / value));
}

/** I = mean_k (a*_k − R[k][k]), a*_k: accuracy on task k of a network trained on tasks 1 … k together (Chaudhry et al. 2018). */
export function intransigence(matrix: AccuracyMatrix, jointAccuracies: readonly number[]): number | null {
  const tasks = tasksLearned(matrix);
  if (jointAccuracies.length !== tasks) {
    throw new RangeError(
      `intransigence needs one joint accuracy per learned task: ${tasks}, got ${jointAccuracies.length}.`,
    );
  }
  return tasks === 0 ? null : mean(jointAccuracies.map((joint, i) => joint - at(matrix, i + 1, i + 1)));
}

/** A = Σ_{i≥j} R[i][j] / (T(T+1)/2) (Díaz-Rodríguez et al. 2018, arXiv:1810.13166). */
export function matrixAccuracy(matrix: AccuracyMatrix): number | null {
  const tasks = tasksLearned(matrix);
  return tasks === 0 ? null : mean(upTo(tasks).flatMap((i) => upTo(i).map((j) => at(matrix, i, j))));
}

/** BWT over all later rows: Σ_{i≥2} Σ_{j<i} (R[i][j] − R[j][j]) / (T(T−1)/2), and its parts (Díaz-Rodríguez et al. 2018). */
export function matrixBackwardTransfer(
  matrix: AccuracyMatrix,
): { readonly value: number; readonly remembering: number; readonly positive: number } | null {
  const tasks = tasksLearned(matrix);
  if (tasks < 2) return null;
  const value = mean(
    upTo(tasks)
      .slice(1)
      .flatMap((i) => upTo(i - 1).map((j) => at(matrix, i, j) - at(matrix, j, j))),
  );
  return { value, remembering: 1 - Math.abs(Math.min(value, 0)), positive: Math.max(value, 0) };
}

/** Mean accuracy on tasks not yet learned, Σ_{1≤i<j} R[i][j] / (T(T−1)/2) (Díaz-Rodríguez et al. 2018). */
export function matrixForwardTransfer(matrix: AccuracyMatrix): number | null {
  const tasks = tasksLearned(matrix);
  if (tasks < 2) return null;
  return mean(
    upTo(tasks - 1).flatMap((i) =>
      upTo(tasks)
        .slice(i)
        .map((j) => at(matrix, i, j)),
    ),
  );
}

/** How far accuracy on a task dips while the next one is trained: min over the curve − R[j][j] (De Lange et al. 2023). */
export function stabilityGap(accuraciesDuringNext: readonly number[], learned: number): number {
  if (accuraciesDuringNext.length === 0)
    throw new RangeError('stabilityGap needs at least one accuracy of the next task’s training.');
  return Math.min(...accuraciesDuringNext) - learned;
}

/** The six figures of a run record; null where the definition needs more tasks than were learned. */
export const summarize = (matrix: AccuracyMatrix) => ({
  averageAccuracy: averageAccuracy(matrix),
  averageIncrementalAccuracy: averageIncrementalAccuracy(matrix),
  forgetting: forgetting(matrix),
  backwardTransfer: backwardTransfer(matrix),
  forwardTransfer: forwardTransfer(matrix),
  learningAccuracy: learningAccuracy(matrix),
});
