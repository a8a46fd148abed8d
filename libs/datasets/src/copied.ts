import type { Batch, TaskExamples, TaskStream } from './stream.ts';

/** The rows of a batch one after another as they are read, permuted and padded, not yet scaled. */
export function copyRows({ source, rowLength, rows, permutation }: Batch): Uint8Array | Float32Array {
  const columns = permutation?.length ?? rowLength;
  const size = rows.length * columns;
  const copied = source instanceof Uint8Array ? new Uint8Array(size) : new Float32Array(size);
  rows.forEach((row, i) => {
    const start = row * rowLength;
    if (permutation === undefined) copied.set(source.subarray(start, start + rowLength), i * columns);
    else permutation.forEach((from, j) => (copied[i * columns + j] = from < 0 ? 0 : (source[start + from] ?? 0)));
  });
  return copied;
}

/** Examples of one task, made of rows from several batches of the same kind. Throws RangeError for no batches. */
export function examplesOf(batches: readonly Batch[], task: number): TaskExamples {
  const [first] = batches;
  if (first === undefined) throw new RangeError('examples are made of at least one batch, got none');
  const rowLength = first.permutation?.length ?? first.rowLength;
  const labels = Int32Array.from(batches.flatMap((batch) => [...batch.labels]));
  const size = labels.length * rowLength;
  const source = first.source instanceof Uint8Array ? new Uint8Array(size) : new Float32Array(size);
  let at = 0;
  for (const batch of batches) {
    const rows = copyRows(batch);
    source.set(rows, at);
    at += rows.length;
  }
  return {
    count: labels.length,
    batch: (positions) => ({
      source,
      rowLength,
      rows: positions,
      scale: first.scale,
      labels: positions.map((position) => labels[position] ?? -1),
      task,
    }),
  };
}

/**
 * The same tasks with one more input for each: 1 for the task that a row belongs to, else 0. The network is told the task
 * as an input like any other ("rule signal" in Masse et al. 2018, doi:10.1073/pnas.1803839115).
 */
export function withTaskInput(stream: TaskStream): TaskStream {
  const inputSize = stream.inputSize + stream.tasks.length;
  const extended = ({ count, batch }: TaskExamples): TaskExamples => ({
    count,
    batch: (positions) => {
      const read = batch(positions);
      const { scale, labels, task } = read;
      const rows = copyRows(read);
      const size = positions.length * inputSize;
      const source = rows instanceof Uint8Array ? new Uint8Array(size) : new Float32Array(size);
      positions.forEach((_, i) => {
        source.set(rows.subarray(i * stream.inputSize, (i + 1) * stream.inputSize), i * inputSize);
        source[i * inputSize + stream.inputSize + task] = 1 / scale;
      });
      return { source, rowLength: inputSize, rows: Int32Array.from(positions.keys()), scale, labels, task };
    },
  });
  return {
    ...stream,
    inputSize,
    inputShape: [inputSize],
    tasks: stream.tasks.map((task) => ({ ...task, train: extended(task.train), test: extended(task.test) })),
    description: { ...stream.description, taskInput: true },
  };
}
