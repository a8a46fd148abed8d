import { eq, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Db } from '../database/database.ts';
import type { runs } from '../database/schema.ts';
import { tokens } from '../database/schema.ts';
import { transition } from '../runs/transition.ts';
import type { Change } from '../runs/transition.ts';
import { mostAttempts } from './lease.ts';
import type { Lease } from './lease.ts';
import type { End } from './training.ts';

/** Why a training was stopped before its end. */
export type StopReason = 'cancel' | 'pause' | 'drain' | 'day is over' | 'lost';

interface Ended {
  readonly lease: Lease;
  readonly end: End;
  readonly reason: StopReason | undefined;
  /** This attempt took. */
  readonly seconds: number;
  readonly checkpointed: boolean;
}

/** Attempts in a row that may crash before a run counts as failed. */
const mostCrashes = 3;

/** The job goes back to the queue; pg-boss learns it from the handler's error. */
class BackToQueue extends Error {
  override readonly name = 'BackToQueue';
}

/** Stores what became of an attempt, however long the database takes to be there. Throws where the job is to be tried again. */
export async function settle(db: Db, log: Logger, ended: Ended): Promise<void> {
  const { lease, reason, end } = ended;
  if (reason === 'lost') throw new BackToQueue('the lease was lost');
  const change = changeFor(ended);
  await persistently(log, () =>
    db.transaction(async (tx) => {
      const moved = await transition(tx, lease.key, { ...change, fence: lease.fence });
      if (moved !== undefined) await account(tx, lease.token, ended.seconds);
    }),
  );
  log.info({ runId: lease.id, attempt: lease.fence, end: end.kind, status: change.to, reason }, 'run left its worker');
  if (change.to === 'queued') throw new BackToQueue(change.reason ?? 'interrupted');
}

function changeFor({ lease, end, reason, checkpointed }: Ended): Change {
  if (end.kind === 'impossible') return { to: 'failed', reason: end.message, set: { error: end.message } };
  if (end.kind === 'record' && end.record.status === 'finished') {
    return { to: 'succeeded', set: { record: end.record, error: null } };
  }
  if (end.kind === 'record' && end.record.status === 'diverged') {
    const error = end.record.failure?.message ?? 'The loss became no number.';
    return { to: 'failed', reason: error, set: { record: end.record, error } };
  }
  const set: Partial<typeof runs.$inferInsert> = end.kind === 'record' ? { record: end.record } : {};
  if (reason === 'cancel') return { to: 'canceled', reason: 'asked for', set };
  if (reason === 'pause') return { to: 'paused', reason: 'asked for', set };
  if (reason !== undefined) return { to: 'queued', reason: `interrupted: ${reason}`, set: { failures: 0 } };
  const message = end.kind === 'crashed' ? end.message : 'The training process stopped by itself.';
  if (!checkpointed && lease.attempt >= Math.min(mostCrashes, mostAttempts)) {
    return { to: 'failed', reason: message, set: { error: message } };
  }
  return { to: 'queued', reason: message };
}

/** Training time counts for the day on which it ended. */
async function account(tx: Db, token: string, seconds: number): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  await tx
    .update(tokens)
    .set({
      computeDay: today,
      computeSeconds: sql`case when ${tokens.computeDay} = ${today} then ${tokens.computeSeconds} else 0 end + ${seconds}`,
    })
    .where(eq(tokens.id, token));
}

const mostTries = 240;

/** Tries again every half second, for two minutes: a database that restarts is back by then. */
async function persistently(log: Logger, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === mostTries) throw error;
      log.warn({ error: String(error) }, 'the end of a run cannot be stored at the moment; trying again');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
