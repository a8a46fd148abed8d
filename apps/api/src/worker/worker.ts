import { ServiceError } from '@engram/contracts/service';
import { eq, sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { workers } from '../database/schema.ts';
import { groupConcurrency, queueName } from '../queue.ts';
import type { JobData } from '../queue.ts';
import { transition } from '../runs/transition.ts';
import { dataFolder } from './data-folder.ts';
import { acquire, reap, renew } from './lease.ts';
import type { Lease } from './lease.ts';
import { createLogWriter } from './run-log.ts';
import type { RunLog } from './run-log.ts';
import { settle } from './settle.ts';
import type { StopReason } from './settle.ts';
import { startTraining } from './training.ts';
import type { Training } from './training.ts';

export interface WorkerOptions {
  readonly database: Database;
  readonly boss: PgBoss;
  readonly blobs: BlobStore;
  readonly log: Logger;
  readonly slots: number;
  readonly config: Pick<Config, 'ENGRAM_ENGINE' | 'ENGRAM_LEASE_SECONDS' | 'ENGRAM_CHECKPOINT_SECONDS'>;
}

export interface Worker {
  readonly id: string;
  active(): number;
  /** Process ids of the trainings, for tests that end them. */
  trainings(): readonly number[];
  /** Every run saves a checkpoint and goes back to the queue. */
  stop(): Promise<void>;
}

interface Active {
  readonly lease: Lease;
  readonly training: Training;
  reason: StopReason | undefined;
}

/** How long a run may take to save and stop before its process is ended; its last checkpoint is then what counts. */
const graceMilliseconds: Readonly<Record<StopReason, number>> = {
  cancel: 1500,
  pause: 10_000,
  drain: 10_000,
  'day is over': 60_000,
  lost: 0,
};
const beatMilliseconds = 1000;
const presenceEvery = 5;

/** Takes runs from the queue, each into a process of its own, and answers for them until they end. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { database, boss, blobs, log, slots, config } = options;
  const { db, signals } = database;
  const id = `${hostname().slice(0, 30)}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const writer = createLogWriter(db, blobs, log);
  const active = new Map<number, Active>();
  const handling = new Set<Promise<void>>();
  let draining = false;

  const halt = (one: Active, reason: StopReason): void => {
    if (one.reason !== undefined && reason !== 'lost') return;
    one.reason = reason;
    if (reason !== 'lost') one.training.stop();
    setTimeout(() => one.training.kill(), graceMilliseconds[reason]).unref();
  };

  /** Where data of one's own lie; null for named data. */
  const located = ({ spec: { data }, project }: Lease): Promise<string | null | ServiceError> =>
    data.source === 'named'
      ? Promise.resolve(null)
      : dataFolder(db, blobs, project, data.path).catch((error: unknown) =>
          error instanceof ServiceError
            ? error
            : Promise.reject(error instanceof Error ? error : new Error(String(error))),
        );

  const train = async (lease: Lease, expired: AbortSignal): Promise<void> => {
    const begun = performance.now();
    const entry: { active?: Active } = {};
    const lost = (): void => {
      if (entry.active !== undefined) halt(entry.active, 'lost');
    };
    const runLog: RunLog = writer.open(lease, lost);
    try {
      const folder = await located(lease);
      if (folder instanceof ServiceError) {
        const end = { kind: 'impossible', message: folder.message } as const;
        await settle(db, log, { lease, end, reason: undefined, seconds: 0, checkpointed: false });
        return;
      }
      const checkpoint = lease.checkpoint === null ? null : ((await blobs.get(lease.checkpoint)) ?? null);
      const running = await db.transaction((tx) =>
        transition(tx, lease.key, {
          to: 'running',
          fence: lease.fence,
          set: { startedAt: sql`coalesce(started_at, now())` as never },
        }),
      );
      if (running === undefined) return;
      runLog.setSeq(running.lastSeq);
      const training = startTraining(
        {
          spec: lease.spec,
          seed: lease.seed,
          engine: config.ENGRAM_ENGINE,
          checkpointSeconds: config.ENGRAM_CHECKPOINT_SECONDS,
          checkpoint,
          dataFolder: folder,
        },
        { event: runLog.event, checkpoint: runLog.checkpoint, model: runLog.model },
      );
      const own: Active = { lease, training, reason: undefined };
      entry.active = own;
      active.set(lease.key, own);
      expired.addEventListener('abort', () => halt(own, 'day is over'));
      if (draining) halt(own, 'drain');
      else if (running.wanted !== null) halt(own, running.wanted);
      const end = await training.ended;
      await runLog.flush();
      active.delete(lease.key);
      await settle(db, log, {
        lease,
        end,
        reason: own.reason,
        seconds: (performance.now() - begun) / 1000,
        checkpointed: runLog.checkpointed(),
      });
    } finally {
      active.delete(lease.key);
      runLog.close();
    }
  };

  const handle = async ([job]: JobWithMetadata<JobData>[]): Promise<void> => {
    if (job === undefined) return;
    if (draining) throw new Error('this worker is shutting down');
    const lease = await acquire(db, job.data.run, { worker: id, seconds: config.ENGRAM_LEASE_SECONDS });
    if (lease === 'over') return;
    if (lease === 'busy') throw new Error('another worker still holds this run');
    const done = train(lease, job.signal);
    handling.add(done);
    await done.finally(() => handling.delete(done));
  };

  const beat = async (): Promise<void> => {
    const leases = [...active.values()];
    const renewed = await renew(
      db,
      leases.map(({ lease }) => lease),
      config.ENGRAM_LEASE_SECONDS,
    );
    const wanted = new Map(renewed.map(({ key, wanted }) => [key, wanted]));
    for (const one of leases) {
      const asked = wanted.get(one.lease.key);
      if (asked === undefined) {
        if (active.has(one.lease.key)) halt(one, 'lost');
      } else if (asked !== null) halt(one, asked);
    }
  };

  let beats = 0;
  const quietly = (work: () => Promise<unknown>, what: string) => async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.warn({ error: String(error) }, what);
    }
  };
  const heartbeat = quietly(async () => {
    await beat();
    if (beats++ % presenceEvery !== 0) return;
    const seenAt = sql`now()`;
    await db
      .insert(workers)
      .values({ id, host: hostname(), slots })
      .onConflictDoUpdate({ target: workers.id, set: { seenAt } });
    const back = await reap(db, boss);
    if (back > 0) log.warn({ runs: back }, 'runs of a lost worker went back to the queue');
  }, 'the worker could not report; it tries again');
  await heartbeat();
  const pulse = setInterval(() => void heartbeat(), beatMilliseconds);
  const stopListening = signals.on('control', (key) => {
    if (active.has(Number(key))) void quietly(beat, 'a request could not be read; the next beat tries again')();
  });

  const work = {
    localConcurrency: slots,
    includeMetadata: true,
    pollingIntervalSeconds: 0.5,
    notifyPollingIntervalSeconds: 2,
    groupConcurrency,
  } as const;
  await boss.work<JobData, unknown, typeof work>(queueName, work, handle);
  log.info({ worker: id, slots }, 'worker started');

  return {
    id,
    active: () => active.size,
    trainings: () => [...active.values()].flatMap(({ training }) => training.pid ?? []),
    stop: async () => {
      draining = true;
      await boss.offWork(queueName, { wait: false });
      for (const one of active.values()) halt(one, 'drain');
      await Promise.allSettled(handling);
      clearInterval(pulse);
      stopListening();
      writer.close();
      await db.delete(workers).where(eq(workers.id, id));
      log.info({ worker: id }, 'worker stopped');
    },
  };
}
