import type { Priority } from '@engram/contracts/service';
import { sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Database, Db } from './database/database.ts';

export const queueName = 'runs';

export interface JobData {
  /** Key of the run. */
  readonly run: number;
}

export const priorities: Readonly<Record<Priority, number>> = { low: -10, normal: 0, high: 10 };

const day = 86_400;

/** The queue of runs. Jobs carry a key only: what is to be done, and whether, stands in the run's row. */
export async function startQueue(database: Database, log: Logger): Promise<PgBoss> {
  const boss = database.createBoss();
  boss.on('error', (error) => log.warn({ error: error.message }, 'queue'));
  await boss.start();
  await boss.createQueue(queueName, {
    // a run that takes longer saves a checkpoint and goes through the queue once more
    expireInSeconds: day,
    // whether a run may be tried again is decided by our own count, which starts anew at every checkpoint
    retryLimit: 100_000,
    retryDelay: 1,
    heartbeatSeconds: 60,
    retentionSeconds: 365 * day,
    deleteAfterSeconds: day / 24,
    notify: true,
  });
  return boss;
}

/** Hands queue operations to the transaction that they belong to. */
export const within = (tx: Db) => ({ db: fromDrizzle(tx, sql) });

/** Tier of a token's group in the queue: how many of its runs may be active at the same time. */
export const tierOf = (concurrency: number): string => `c${concurrency}`;

const mostConcurrent = 64;
export const groupConcurrency = {
  default: 8,
  tiers: Object.fromEntries(Array.from({ length: mostConcurrent }, (_, i) => [tierOf(i + 1), i + 1])),
};
