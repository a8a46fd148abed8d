/**
 * R[i][j]: test accuracy (a fraction) on task j after learning i tasks. Row 0 is the untrained network; a run that was
 * stopped early has fewer than T + 1 rows.
 */
export type AccuracyMatrix = readonly (readonly number[])[];

/** R[i][j]; throws RangeError outside the matrix. */
export function entry(matrix: AccuracyMatrix, i: number, j: number): number {
  const value = matrix[i]?.[j];
  if (value === undefined) {
    throw new RangeError(
      `The accuracy matrix has no entry (${i}, ${j}); it has ${matrix.length} rows of ${matrix[0]?.length ?? 0}.`,
    );
  }
  return value;
}

/** Throws RangeError unless all rows are as long as there are tasks, at most one per task and one before, all fractions. */
export function requireAccuracyMatrix(matrix: AccuracyMatrix): void {
  const tasks = matrix[0]?.length ?? 0;
  if (matrix.length > 0 && tasks === 0)
    throw new RangeError('The accuracy matrix has no columns; it needs one per task.');
  if (matrix.length > tasks + 1) {
    throw new RangeError(
      `The accuracy matrix has ${matrix.length} rows for ${tasks} tasks; there can be at most ${tasks + 1}: one before training and one after each task.`,
    );
  }
  matrix.forEach((row, i) => {
    if (row.length !== tasks)
      throw new RangeError(`Row ${i} of the accuracy matrix has ${row.length} entries, row 0 has ${tasks}.`);
    row.forEach((value, j) => {
      if (!(value >= 0 && value <= 1))
        throw new RangeError(
          `Entry (${i}, ${j}) of the accuracy matrix is ${value}; accuracies are fractions from 0 to 1.`,
        );
    });
  });
}

/** Tasks learned so far: the number of the last row. */
export const tasksLearned = (matrix: AccuracyMatrix): number => Math.max(0, matrix.length - 1);
