import type { ExperimentEvent } from '@engram/contracts';
import { eq, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Db } from '../database/database.ts';
import { artifacts, runs } from '../database/schema.ts';
import { notify } from '../runs/transition.ts';
import { checkpointName, modelName } from './lease.ts';
import type { Lease } from './lease.ts';
import { positionOf } from './position.ts';

/** The log of one run, written by the holder of its lease. */
export interface RunLog {
  event(event: ExperimentEvent): void;
  /** Becomes valid together with every event before it. */
  checkpoint(bytes: Uint8Array): void;
  /** The same for what was learned. */
  model(bytes: Uint8Array): void;
  /** Number of the last event, after a change of status by the holder itself. */
  setSeq(seq: number): void;
  /** Resolves when everything is stored, or the lease turned out to be lost. */
  flush(): Promise<void>;
  readonly checkpointed: () => boolean;
  close(): void;
}

interface Open {
  readonly lease: Lease;
  readonly onLost: () => void;
  seq: number;
  position: number;
  pending: ExperimentEvent[];
  /** Artifacts that are not stored yet, by name; a newer one takes the place of an older one. */
  unsaved: ReadonlyMap<string, Uint8Array>;
  checkpointed: boolean;
  lost: boolean;
}

/** What is taken out of a log for one write; kept as it is until the write is known to have happened. */
interface Portion {
  readonly log: Open;
  readonly expected: number;
  readonly events: readonly ExperimentEvent[];
  readonly artifacts: ReadonlyMap<string, Uint8Array>;
}

const flushMilliseconds = 100;
const retryMilliseconds = 250;

/**
 * Writes the logs of all runs of this process, ten times a second, with one statement: the database issues the numbers
 * and accepts only what comes under the present fence. A write whose answer was lost is recognised by the number it had
 * started from, and is not done twice.
 */
export function createLogWriter(db: Db, blobs: BlobStore, log: Logger) {
  const open = new Map<number, Open>();
  let running: Promise<void> | undefined;

  const isEmpty = ({ pending, unsaved }: Open): boolean => pending.length === 0 && unsaved.size === 0;

  const take = (): Portion[] =>
    [...open.values()]
      .filter((one) => !one.lost && !isEmpty(one))
      .map((one) => {
        const portion = { log: one, expected: one.seq, events: one.pending, artifacts: one.unsaved };
        one.pending = [];
        one.unsaved = new Map();
        return portion;
      });

  const settle = ({ log: one, events, artifacts: stored }: Portion, seq: number): void => {
    one.seq = seq;
    one.position = events.reduce((most, event) => Math.max(most, positionOf(event, one.lease.spec) ?? 0), one.position);
    if (stored.has(checkpointName)) one.checkpointed = true;
  };

  const lose = (one: Open): void => {
    one.lost = true;
    one.onLost();
  };

  /** Writes every portion, again and again while the database cannot be reached. */
  const writePortions = async (portions: readonly Portion[]): Promise<void> => {
    let left = portions;
    while (left.length > 0) {
      try {
        const accepted = await write(db, blobs, left);
        for (const portion of left) {
          const seq = accepted.get(portion.log.lease.key);
          if (seq !== undefined) settle(portion, seq);
          else if (await wasWritten(db, portion)) settle(portion, portion.expected + portion.events.length);
          else lose(portion.log);
        }
        return;
      } catch (error) {
        log.warn({ error: String(error) }, 'events cannot be stored at the moment; they are kept');
        left = left.filter((portion) => !portion.log.lost && open.has(portion.log.lease.key));
        await new Promise((resolve) => setTimeout(resolve, retryMilliseconds));
      }
    }
  };

  const flushAll = (): Promise<void> => {
    running ??= writePortions(take()).finally(() => (running = undefined));
    return running;
  };
  const timer = setInterval(() => void flushAll(), flushMilliseconds);

  return {
    open(lease: Lease, onLost: () => void): RunLog {
      const own: Open = {
        lease,
        onLost,
        seq: lease.lastSeq,
        position: lease.position,
        pending: [],
        unsaved: new Map(),
        checkpointed: false,
        lost: false,
      };
      open.set(lease.key, own);
      let seen = lease.position;
      return {
        event: (event) => {
          const position = positionOf(event, lease.spec);
          // told before, by an attempt that came further than its last checkpoint
          if (position !== null && position <= seen) return;
          seen = position ?? seen;
          own.pending.push(event);
        },
        checkpoint: (bytes) => (own.unsaved = new Map(own.unsaved).set(checkpointName, bytes)),
        model: (bytes) => (own.unsaved = new Map(own.unsaved).set(modelName, bytes)),
        setSeq: (seq) => (own.seq = seq),
        flush: async () => {
          while (!own.lost && (running !== undefined || !isEmpty(own))) await flushAll();
        },
        checkpointed: () => own.checkpointed,
        close: () => open.delete(lease.key),
      };
    },
    close: () => clearInterval(timer),
  };
}

async function write(db: Db, blobs: BlobStore, portions: readonly Portion[]): Promise<ReadonlyMap<number, number>> {
  const saved: SavedArtifact[] = [];
  for (const { log, artifacts: unsaved } of portions) {
    for (const [name, bytes] of unsaved)
      saved.push({ run: log.lease.key, name, sha256: await blobs.put(bytes), size: bytes.length });
  }
  const heads = portions.map(({ log: { lease, position }, expected, events }) => ({
    run: lease.key,
    fence: lease.fence,
    expected,
    count: events.length,
    position: events.reduce((most, event) => Math.max(most, positionOf(event, lease.spec) ?? 0), position),
    progress: progressOf(events),
  }));
  const bodies = portions.flatMap(({ log, events }) =>
    events.map((body, i) => ({ run: log.lease.key, ordinal: i + 1, body })),
  );
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ key: string; last_seq: number }>(sql`
      with head as (
        select * from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb)
          as h(run bigint, fence int, expected int, count int, position bigint, progress jsonb)
      ), leased as (
        update runs set last_seq = runs.last_seq + head.count, position = head.position,
            progress = coalesce(head.progress, runs.progress)
          from head
          where runs.key = head.run and runs.fence = head.fence and runs.last_seq = head.expected
            and runs.status in ('starting', 'running')
          returning runs.key, head.expected, runs.last_seq
      ), written as (
        insert into events (run, seq, body)
          select leased.key, leased.expected + e.ordinal, e.body
          from jsonb_to_recordset(${JSON.stringify(bodies)}::jsonb) as e(run bigint, ordinal int, body jsonb)
          join leased on leased.key = e.run
      )
      select key::text, last_seq from leased`);
    const accepted = new Map(rows.map(({ key, last_seq }) => [Number(key), last_seq]));
    for (const artifact of saved) if (accepted.has(artifact.run)) await recordArtifact(tx, artifact);
    for (const part of chunks([...accepted], 200)) {
      await notify(tx, 'events', part.map(([key, seq]) => `${key}:${seq}`).join(','));
    }
    return accepted;
  });
}

interface SavedArtifact {
  readonly run: number;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

async function recordArtifact(tx: Db, { run, name, sha256, size }: SavedArtifact): Promise<void> {
  const content = { sha256, size, createdAt: sql`now()` };
  await tx
    .insert(artifacts)
    .values({ run, name, sha256, size, contentType: 'application/octet-stream' })
    .onConflictDoUpdate({ target: [artifacts.run, artifacts.name], set: content });
  if (name === checkpointName) await tx.update(runs).set({ failures: 0 }).where(eq(runs.key, run));
}

/** Whether an earlier attempt at this write came through although its answer did not. */
async function wasWritten(db: Db, { log, expected, events }: Portion): Promise<boolean> {
  const [row] = await db
    .select({ fence: runs.fence, lastSeq: runs.lastSeq })
    .from(runs)
    .where(eq(runs.key, log.lease.key));
  return row !== undefined && row.fence === log.lease.fence && row.lastSeq === expected + events.length;
}

function progressOf(events: readonly ExperimentEvent[]): { task: number; iteration: number; loss: number } | null {
  const last = events.findLast((event) => event.type === 'step');
  return last === undefined ? null : { task: last.task, iteration: last.iteration, loss: last.loss };
}

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
