import { isOver, ServiceError } from '@engram/contracts/service';
import type { Caller, RequestInfo, RunStatus } from '@engram/contracts/service';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import type { Db } from '../database/database.ts';
import { audit, runs, tokens } from '../database/schema.ts';
import { queueName, tierOf, within } from '../queue.ts';
import { noSuchRun, statusWords } from './rows.ts';
import type { RunRow } from './rows.ts';
import { notify, transition } from './transition.ts';

interface Asked {
  readonly caller: Caller;
  readonly id: string;
  readonly request: RequestInfo;
}

async function locked(tx: Db, { caller, id }: Asked): Promise<RunRow> {
  const [row] = await tx
    .select()
    .from(runs)
    .where(and(eq(runs.project, caller.project), eq(runs.id, id)))
    .for('update');
  if (row === undefined) throw noSuchRun(id);
  return row;
}

const impossible = (row: RunRow, what: string): ServiceError =>
  new ServiceError('conflict', `"${row.id}" ${statusWords[row.status]}; it cannot be ${what}.`, {
    hint: 'GET the run to see where it stands.',
  });

const childrenOf = (tx: Db, sweep: RunRow, statuses: readonly RunStatus[]): Promise<RunRow[]> =>
  tx
    .select()
    .from(runs)
    .where(and(eq(runs.parent, sweep.key), inArray(runs.status, [...statuses])))
    .orderBy(runs.key);

/** Stops a run or every run of a sweep: at once where it waits, through its worker where it runs. */
export async function stop(tx: Db, boss: PgBoss, wanted: 'cancel' | 'pause', asked: Asked): Promise<RunRow> {
  const row = await locked(tx, asked);
  const done: RunStatus = wanted === 'cancel' ? 'canceled' : 'paused';
  if (row.status === done) return row;
  if (isOver(row.status) || (wanted === 'pause' && row.wanted === 'cancel')) {
    throw impossible(row, wanted === 'cancel' ? 'canceled' : 'paused');
  }
  const open: readonly RunStatus[] = [
    'queued',
    'starting',
    'running',
    ...(wanted === 'cancel' ? (['paused'] as const) : []),
  ];
  const affected = row.kind === 'sweep' ? await childrenOf(tx, row, open) : [row];
  for (const run of affected) await stopOne(tx, boss, wanted, run);
  await remember(tx, asked, wanted, row);
  return locked(tx, asked);
}

async function stopOne(tx: Db, boss: PgBoss, wanted: 'cancel' | 'pause', run: RunRow): Promise<void> {
  if (run.status === 'starting' || run.status === 'running') {
    await tx.update(runs).set({ wanted }).where(eq(runs.key, run.key));
    await notify(tx, 'control', String(run.key));
    return;
  }
  await transition(tx, run.key, { to: wanted === 'cancel' ? 'canceled' : 'paused', reason: 'asked for' });
  if (run.job !== null) await boss.cancel(queueName, run.job, within(tx));
}

/** Puts a run, or what is left of a sweep, back into the queue; its last checkpoint is where it goes on. */
export async function resume(tx: Db, boss: PgBoss, asked: Asked): Promise<RunRow> {
  const row = await locked(tx, asked);
  const from: readonly RunStatus[] = ['paused', 'failed', 'canceled', 'expired'];
  const affected = row.kind === 'sweep' ? await childrenOf(tx, row, from) : from.includes(row.status) ? [row] : [];
  if (affected.length === 0) throw impossible(row, 'resumed');
  for (const run of affected) await requeue(tx, boss, run, 'resumed');
  await remember(tx, asked, 'resume', row);
  return locked(tx, asked);
}

/** A new job for a run that has none. */
export async function requeue(tx: Db, boss: PgBoss, run: RunRow, reason: string): Promise<void> {
  const job = randomUUID();
  const moved = await transition(tx, run.key, {
    to: 'queued',
    reason,
    set: { job, failures: 0, error: null, expiresAt: null },
  });
  if (moved !== undefined) await enqueue(tx, boss, moved, job);
}

export async function enqueue(tx: Db, boss: PgBoss, { key, priority, token }: RunRow, job: string): Promise<void> {
  const [owner] = await tx.select({ limits: tokens.limits }).from(tokens).where(eq(tokens.id, token));
  await boss.send(
    queueName,
    { run: key },
    { id: job, priority, group: { id: token, tier: tierOf(owner?.limits.concurrency ?? 1) }, ...within(tx) },
  );
}

/** Deletes a run that is over, with its events and artifacts; a sweep with all of its runs. */
export async function remove(tx: Db, asked: Asked): Promise<void> {
  const row = await locked(tx, asked);
  if (!isOver(row.status) || row.openChildren > 0) throw impossible(row, 'deleted before it is over: cancel it first');
  await tx.delete(runs).where(eq(runs.key, row.key));
  await remember(tx, asked, 'delete', row);
}

const remember = async (tx: Db, { caller, request }: Asked, action: string, row: RunRow): Promise<void> => {
  await tx.insert(audit).values({
    project: caller.project,
    token: caller.token,
    action: `run.${action}`,
    subject: row.id,
    before: { status: row.status },
    after: sql`null`,
    requestId: request.requestId,
  });
};
