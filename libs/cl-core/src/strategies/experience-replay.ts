import type { Batch, TaskExamples } from '@engram/datasets';
import type { Rng } from '@engram/random';
import { learningBatch } from '../batch.ts';
import type { Strategy } from './strategy.ts';

export interface ExperienceReplayOptions {
  /**
   * `reservoir`: every example met so far is equally likely to be stored (Vitter 1985); `class-balanced`: a reservoir for
   * each class, the capacity shared by the classes met; `per-class`: `capacity` random ones of each class of a task,
   * chosen when the task ends.
   */
  readonly buffer?: 'reservoir' | 'class-balanced' | 'per-class';
  /** Stored examples in all; of each class for `per-class`. */
  readonly capacity: number;
  /** Replayed examples per step; `same`: as many as the current batch has. */
  readonly batchSize?: number | 'same';
  /** `by-task`: 1/t for the current batch and 1 − 1/t for the replayed one in the t-th task; `equal`: by rows. */
  readonly weighting?: 'by-task' | 'equal';
}

interface Memory {
  readonly items: readonly StoredExample[];
  /** Examples met, by class of its task: what the reservoirs' chances are computed from. */
  readonly seen: Readonly<Record<string, number>>;
}

/** One example, as it was read: bytes stay bytes. */
interface StoredExample {
  readonly input: Uint8Array | Float32Array;
  readonly scale: number;
  readonly label: number;
  readonly task: number;
}

/**
 * Experience replay (Chaudhry et al. 2019, arXiv:1902.10486): some past examples are stored, and some of those join every
 * step. L = (1/t) L_current + (1 − 1/t) L_replayed with `by-task`.
 */
export function experienceReplay(options: ExperienceReplayOptions): Strategy<Memory> {
  const { buffer = 'reservoir', capacity, batchSize = 'same', weighting = 'by-task' } = options;
  return {
    name: 'er',
    init: () => ({ items: [], seen: {} }),
    rehearse: ({ items }, step) => {
      const total = weighting === 'by-task' ? step.task : 1;
      const count = Math.min(batchSize === 'same' ? step.batchSize : batchSize, items.length);
      if (count === 0 || total === 0) return [];
      const drawn = [...step.rng.sample(items.length, count)].flatMap((i) => items[i] ?? []);
      const perRow = weighting === 'by-task' ? total / count : 1 / step.batchSize;
      return [...Map.groupBy(drawn, ({ task }) => task)].map(([task, rows]) =>
        learningBatch(asBatch(rows, task), step.unitsOf(task), rows.length * perRow),
      );
    },
    observe: (memory, { batches, rng }) =>
      buffer === 'per-class'
        ? memory
        : batches.reduce((kept, batch) => admit(kept, batch, buffer, capacity, rng), memory),
    consolidate: (memory, { examples, rng }) =>
      buffer === 'per-class'
        ? { ...memory, items: [...memory.items, ...ofEachClass(examples, capacity, rng)] }
        : memory,
  };
}

function asBatch(rows: readonly StoredExample[], task: number): Batch {
  const [first] = rows;
  if (first === undefined) throw new RangeError('there are no stored examples to replay');
  const rowLength = first.input.length;
  const bytes = first.input instanceof Uint8Array;
  const source = bytes ? new Uint8Array(rows.length * rowLength) : new Float32Array(rows.length * rowLength);
  rows.forEach(({ input }, i) => source.set(input, i * rowLength));
  return {
    source,
    rowLength,
    rows: Int32Array.from(rows.keys()),
    scale: first.scale,
    labels: Int32Array.from(rows, ({ label }) => label),
    task,
  };
}

/** Row i of a batch as the network sees it (permuted, padded), not yet scaled. */
function storedRow(batch: Batch, i: number): StoredExample {
  const { source, rowLength, permutation, scale, task } = batch;
  const start = (batch.rows[i] ?? 0) * rowLength;
  const row = source.slice(start, start + rowLength);
  const input =
    permutation === undefined
      ? row
      : row.constructor === Uint8Array
        ? Uint8Array.from(permutation, (from) => row[from] ?? 0)
        : Float32Array.from(permutation, (from) => row[from] ?? 0);
  return { input, scale, label: batch.labels[i] ?? 0, task };
}

const classOf = ({ label, task }: StoredExample): string => `${task}/${label}`;

function admit(memory: Memory, batch: Batch, kind: 'reservoir' | 'class-balanced', capacity: number, rng: Rng): Memory {
  const items = [...memory.items];
  const seen = { ...memory.seen };
  for (let i = 0; i < batch.rows.length; i++) {
    const key = kind === 'reservoir' ? 'all' : `${batch.task}/${batch.labels[i] ?? 0}`;
    const before = seen[key] ?? 0;
    seen[key] = before + 1;
    const share = kind === 'reservoir' ? capacity : Math.max(1, Math.floor(capacity / Object.keys(seen).length));
    if (items.length < capacity && before < share) {
      items.push(storedRow(batch, i));
      continue;
    }
    // the (before + 1)-th of its class is kept with chance share / (before + 1)
    if (before >= share && rng.integer(before + 1) >= share) continue;
    items[victim(items, kind, key, share, rng)] = storedRow(batch, i);
  }
  return { items, seen };
}

/** The slot that is given up: any one for a reservoir; for balanced classes one of the same class, or of the fullest. */
function victim(items: readonly StoredExample[], kind: string, key: string, share: number, rng: Rng): number {
  if (kind === 'reservoir') return rng.integer(items.length);
  const slots = Map.groupBy(items.keys(), (i) => {
    const item = items[i];
    return item === undefined ? '' : classOf(item);
  });
  const own = slots.get(key) ?? [];
  const fullest = [...slots.values()].reduce((a, b) => (b.length > a.length ? b : a), own);
  const from = own.length >= share ? own : fullest;
  return from[rng.integer(from.length)] ?? 0;
}

/** `count` random examples of each class, or all where there are fewer. */
function ofEachClass(examples: TaskExamples, count: number, rng: Rng): readonly StoredExample[] {
  const all = examples.batch(Int32Array.from({ length: examples.count }, (_, i) => i));
  const positions = Map.groupBy(all.labels.keys(), (i) => all.labels[i] ?? 0);
  return [...positions]
    .sort(([a], [b]) => a - b)
    .flatMap(([label, own]) =>
      [...rng.fork(label).sample(own.length, Math.min(count, own.length))].map((i) => storedRow(all, own[i] ?? 0)),
    );
}
