import type { Batch, TaskExamples } from '@engram/datasets';
import type { Rng } from '@engram/random';
import { learningBatch } from '../batch.ts';
import type { LearningBatch } from '../batch.ts';
import type { StepContext } from './strategy.ts';

/** One example, as it was read: bytes stay bytes. */
export interface StoredExample {
  readonly input: Uint8Array | Float32Array;
  readonly scale: number;
  readonly label: number;
  readonly task: number;
}

/** What a buffer that fills while training goes on remembers. */
export interface Memory<Item extends StoredExample = StoredExample> {
  readonly items: readonly Item[];
  /** Examples met, by class of its task: what the reservoirs' chances are computed from. */
  readonly seen: Readonly<Record<string, number>>;
}

/**
 * `count` stored examples, or all, as batches that share the weight 1: tasks together where nothing tells them apart, so that
 * the cost does not grow with their number.
 */
export function drawStored(
  items: readonly StoredExample[],
  count: number,
  { rng, unitsOf, past }: Pick<StepContext, 'rng' | 'unitsOf' | 'past'>,
): readonly LearningBatch[] {
  const size = Math.min(count, items.length);
  if (size === 0) return [];
  const drawn = [...rng.sample(items.length, size)].flatMap((i) => items[i] ?? []);
  const groupOf = new Map(past.flatMap(({ tasks }) => tasks.map((task) => [task, tasks[0]] as const)));
  const byTask = [...Map.groupBy(drawn, ({ task }) => task)];
  return [...Map.groupBy(byTask, ([task]) => groupOf.get(task) ?? task).values()].map((group) => {
    const rows = group.flatMap(([, own]) => own);
    const task = rows[0]?.task ?? 0;
    return learningBatch(asBatch(rows, task), unitsOf(task), rows.length / size);
  });
}

export function asBatch(rows: readonly StoredExample[], task: number): Batch {
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
export function storedRow(batch: Batch, i: number): StoredExample {
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

/** Offers the rows of a batch, one by one; `itemOf` makes what is stored of a row that is taken. */
export function admit<Item extends StoredExample>(
  memory: Memory<Item>,
  batch: Batch,
  {
    kind,
    capacity,
    rng,
  }: { readonly kind: 'reservoir' | 'class-balanced'; readonly capacity: number; readonly rng: Rng },
  itemOf: (row: number) => Item,
): Memory<Item> {
  const items = [...memory.items];
  const seen = { ...memory.seen };
  for (let i = 0; i < batch.rows.length; i++) {
    const key = kind === 'reservoir' ? 'all' : `${batch.task}/${batch.labels[i] ?? 0}`;
    const before = seen[key] ?? 0;
    seen[key] = before + 1;
    const share = kind === 'reservoir' ? capacity : Math.max(1, Math.floor(capacity / Object.keys(seen).length));
    if (items.length < capacity && before < share) {
      items.push(itemOf(i));
      continue;
    }
    // the (before + 1)-th of its class is kept with chance share / (before + 1)
    if (before >= share && rng.integer(before + 1) >= share) continue;
    items[victim(items, kind, key, share, rng)] = itemOf(i);
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
export function chooseOfEachClass(examples: TaskExamples, count: number, rng: Rng): readonly StoredExample[] {
  const all = examples.batch(Int32Array.from({ length: examples.count }, (_, i) => i));
  const positions = Map.groupBy(all.labels.keys(), (i) => all.labels[i] ?? 0);
  return [...positions]
    .sort(([a], [b]) => a - b)
    .flatMap(([label, own]) =>
      [...rng.fork(label).sample(own.length, Math.min(count, own.length))].map((i) => storedRow(all, own[i] ?? 0)),
    );
}
