import { and, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Database, Db } from '../database/database.ts';
import { artifacts, audit, blobs, idempotencyKeys, projects, runs, tokens, workers } from '../database/schema.ts';
import { queueName, within } from '../queue.ts';
import { transition } from '../runs/transition.ts';
import { reap } from '../worker/lease.ts';
import { lapsedSessions } from './first-run.ts';

const frequentMilliseconds = 2000;
const rareMilliseconds = 60_000;
/** Rows per transaction, so that nobody waits long. */
const batch = 200;

/** Runs that nobody took up in time are over. */
export const expire = (db: Db, boss: PgBoss): Promise<number> =>
  db.transaction(async (tx) => {
    const late = await tx
      .select({ key: runs.key, job: runs.job })
      .from(runs)
      .where(and(eq(runs.status, 'queued'), isNotNull(runs.expiresAt), lt(runs.expiresAt, sql`now()`)))
      .limit(batch)
      .for('update', { skipLocked: true });
    for (const { key, job } of late) {
      await transition(tx, key, {
        to: 'expired',
        reason: 'no worker began it in time',
        set: { error: 'No worker began it in time.' },
      });
      if (job !== null) await boss.cancel(queueName, job, within(tx));
    }
    return late.length;
  });

/** Deletes what a project keeps no longer. Runs of a sweep go with the sweep. */
export const retain = (db: Db): Promise<number> =>
  db.transaction(async (tx) => {
    const old = await tx
      .select({ key: runs.key, id: runs.id, project: runs.project })
      .from(runs)
      .innerJoin(projects, eq(projects.id, runs.project))
      .where(
        and(
          isNotNull(projects.retentionDays),
          isNotNull(runs.endedAt),
          sql`${runs.parent} is null`,
          sql`${runs.endedAt} < now() - make_interval(days => ${projects.retentionDays})`,
        ),
      )
      .limit(batch);
    if (old.length === 0) return 0;
    await tx.delete(runs).where(
      inArray(
        runs.key,
        old.map(({ key }) => key),
      ),
    );
    await tx
      .insert(audit)
      .values(
        old.map(({ id, project }) => ({ project, action: 'run.delete', subject: id, after: { reason: 'retention' } })),
      );
    return old.length;
  });

/** Removes content that nothing refers to any more; gives how much it was. */
export const collectBlobs = (db: Db, store: BlobStore): Promise<number> =>
  db.transaction(async (tx) => {
    const unused = await tx
      .select({ sha256: blobs.sha256 })
      .from(blobs)
      .where(
        and(
          lt(blobs.createdAt, sql`now() - interval '10 minutes'`),
          sql`not exists (select from ${artifacts} where ${artifacts.sha256} = ${blobs.sha256})`,
          sql`not exists (select from datasets, jsonb_array_elements(datasets.files) as file where file ->> 'sha256' = ${blobs.sha256})`,
        ),
      )
      .limit(batch)
      .for('update', { skipLocked: true });
    if (unused.length === 0) return 0;
    const hashes = unused.map(({ sha256 }) => sha256);
    await tx.delete(blobs).where(inArray(blobs.sha256, hashes));
    await store.remove(hashes);
    return unused.length;
  });

/** What has to happen from time to time, in any one of the processes. */
export function startHousekeeping({ db }: Database, boss: PgBoss, store: BlobStore, log: Logger): () => void {
  const regularly = (milliseconds: number, work: () => Promise<unknown>): NodeJS.Timeout => {
    let busy = false;
    return setInterval(() => {
      if (busy) return;
      busy = true;
      work()
        .catch((error: unknown) => log.warn({ error: String(error) }, 'housekeeping failed; it tries again'))
        .finally(() => (busy = false));
    }, milliseconds);
  };
  const timers = [
    regularly(frequentMilliseconds, async () => {
      await expire(db, boss);
      await reap(db, boss);
    }),
    regularly(rareMilliseconds, async () => {
      while ((await retain(db)) === batch);
      while ((await collectBlobs(db, store)) === batch);
      await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, sql`now() - interval '24 hours'`));
      await db.delete(workers).where(lt(workers.seenAt, sql`now() - interval '1 hour'`));
      await db.delete(tokens).where(lapsedSessions);
    }),
  ];
  return () => timers.forEach((timer) => clearInterval(timer));
}
