import { isOver, mayBecome } from '@engram/contracts/service';
import type { RunEventBody, RunStatus } from '@engram/contracts/service';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../database/database.ts';
import { events, runs, tokens } from '../database/schema.ts';
import { signal } from '../database/signals.ts';
import type { Topic } from '../database/signals.ts';
import { announce } from '../webhooks/announce.ts';
import type { RunRow } from './rows.ts';

export interface Change {
  readonly to: RunStatus;
  readonly reason?: string | null;
  /** Only if the run is still the business of this worker. */
  readonly fence?: number;
  readonly set?: Partial<typeof runs.$inferInsert>;
}

export const notify = async (tx: Db, topic: Topic, content: string): Promise<void> => {
  const [channel, payload] = signal(topic, content);
  await tx.execute(sql`select pg_notify(${channel}, ${payload})`);
};

/**
 * The one way in which a run changes its status, inside the caller's transaction: row, event, counters and sweep move
 * together. Gives the row as it is afterwards, or undefined where the step is not allowed from where the run stands.
 */
export async function transition(tx: Db, key: number, change: Change): Promise<RunRow | undefined> {
  const [before] = await tx.select().from(runs).where(eq(runs.key, key)).for('update');
  if (before === undefined || !mayBecome(before.status, change.to)) return undefined;
  if (change.fence !== undefined && change.fence !== before.fence) return undefined;
  const over = isOver(change.to);
  const idle = over || change.to === 'queued' || change.to === 'paused';
  const [after] = await tx
    .update(runs)
    .set({
      status: change.to,
      lastSeq: sql`${runs.lastSeq} + 1`,
      ...(idle ? { worker: null, leaseUntil: null, wanted: null } : {}),
      ...(over ? { endedAt: sql`now()`, expiresAt: null } : { endedAt: null }),
      ...change.set,
    })
    .where(eq(runs.key, key))
    .returning();
  if (after === undefined) return undefined;
  await tx.insert(events).values({
    run: key,
    seq: after.lastSeq,
    body: { type: 'status', status: change.to, reason: change.reason ?? null },
  });
  await countQueued(tx, after.token, Number(change.to === 'queued') - Number(before.status === 'queued'));
  await notify(tx, 'events', `${key}:${after.lastSeq}`);
  await announce(tx, after, change.to);
  if (after.parent !== null) await tellSweep(tx, after.parent, before, after);
  return after;
}

async function countQueued(tx: Db, token: string, change: number): Promise<void> {
  if (change === 0) return;
  await tx
    .update(tokens)
    .set({ queued: sql`greatest(0, ${tokens.queued} + ${change})` })
    .where(eq(tokens.id, token));
}

/** A sweep is over when all of its runs are; its log has a line for each change of one of them. */
async function tellSweep(tx: Db, parent: number, before: RunRow, after: RunRow): Promise<void> {
  const change = Number(isOver(before.status)) - Number(isOver(after.status));
  const [sweep] = await tx
    .update(runs)
    .set({ lastSeq: sql`${runs.lastSeq} + 1`, openChildren: sql`${runs.openChildren} + ${change}` })
    .where(eq(runs.key, parent))
    .returning();
  if (sweep === undefined) return;
  const body: RunEventBody = { type: 'child', run: after.id, seed: after.seed ?? 0, status: after.status };
  await tx.insert(events).values({ run: parent, seq: sweep.lastSeq, body });
  const status = await sweepStatus(tx, sweep, after.status);
  if (status === sweep.status) {
    await notify(tx, 'events', `${parent}:${sweep.lastSeq}`);
    return;
  }
  const seq = sweep.lastSeq + 1;
  const over = isOver(status);
  const [moved] = await tx
    .update(runs)
    .set({
      status,
      lastSeq: seq,
      endedAt: over ? sql`now()` : null,
      startedAt: sql`coalesce(${runs.startedAt}, now())`,
    })
    .where(eq(runs.key, parent))
    .returning();
  await tx.insert(events).values({ run: parent, seq, body: { type: 'status', status, reason: null } });
  await notify(tx, 'events', `${parent}:${seq}`);
  if (moved !== undefined) await announce(tx, moved, status);
}

async function sweepStatus(tx: Db, sweep: RunRow, latest: RunStatus): Promise<RunStatus> {
  if (sweep.openChildren > 0) {
    if (latest === 'running' || latest === 'starting') return 'running';
    return isOver(sweep.status) ? 'queued' : sweep.status;
  }
  const [worst] = await tx
    .select({ status: runs.status })
    .from(runs)
    .where(and(eq(runs.parent, sweep.key)))
    .orderBy(sql`array_position(array['failed', 'expired', 'canceled', 'succeeded'], ${runs.status})`)
    .limit(1);
  return worst?.status ?? 'succeeded';
}
