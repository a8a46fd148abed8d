import type { ExperimentSpec } from '@engram/contracts';
import { and, eq, inArray, lt, or, sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import type { Db } from '../database/database.ts';
import { artifacts, runs } from '../database/schema.ts';
import { queueName, within } from '../queue.ts';
import { enqueue } from '../runs/control.ts';
import type { RunRow } from '../runs/rows.ts';
import { transition } from '../runs/transition.ts';

/** A worker's right to write to a run, for as long as it keeps renewing it and nobody has taken the run over. */
export interface Lease {
  readonly key: number;
  readonly id: string;
  readonly project: string;
  readonly token: string;
  readonly fence: number;
  readonly spec: ExperimentSpec;
  readonly seed: number;
  /** Content of the last checkpoint, if there is one. */
  readonly checkpoint: string | null;
  /** Events up to here are in the log. */
  readonly position: number;
  readonly lastSeq: number;
  /** Attempts since the last checkpoint, this one included. */
  readonly attempt: number;
}

/** Attempts without a single checkpoint between them after which a run is given up. */
export const mostAttempts = 10;

export const checkpointName = 'checkpoint';
export const modelName = 'model.safetensors';

const until = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`;

/** The lease on a run; `busy` while another worker has it, `over` where nothing is left to do. */
export async function acquire(
  db: Db,
  key: number,
  { worker, seconds }: { readonly worker: string; readonly seconds: number },
): Promise<Lease | 'busy' | 'over'> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ run: runs, lapsed: sql<boolean>`coalesce(${runs.leaseUntil} < now(), true)` })
      .from(runs)
      .where(eq(runs.key, key))
      .for('update');
    if (row === undefined) return 'over';
    const { status } = row.run;
    if (status === 'starting' || status === 'running') {
      if (!row.lapsed) return 'busy';
      await transition(tx, key, { to: 'queued', reason: 'its worker was lost' });
    } else if (status !== 'queued') {
      return 'over';
    }
    if (row.run.failures >= mostAttempts) {
      const error = `${mostAttempts} workers in a row were lost with this run before it reached a checkpoint.`;
      await transition(tx, key, { to: 'failed', reason: error, set: { error } });
      return 'over';
    }
    const taken = await transition(tx, key, {
      to: 'starting',
      set: { fence: row.run.fence + 1, worker, leaseUntil: until(seconds) as never, failures: row.run.failures + 1 },
    });
    if (taken === undefined) return 'over';
    const [saved] = await tx
      .select({ sha256: artifacts.sha256 })
      .from(artifacts)
      .where(and(eq(artifacts.run, key), eq(artifacts.name, checkpointName)));
    return {
      key,
      id: taken.id,
      project: taken.project,
      token: taken.token,
      fence: taken.fence,
      spec: taken.spec,
      seed: taken.seed ?? 0,
      checkpoint: saved?.sha256 ?? null,
      position: taken.position,
      lastSeq: taken.lastSeq,
      attempt: taken.failures,
    };
  });
}

export interface Renewed {
  readonly key: number;
  readonly wanted: RunRow['wanted'];
}

/** Renews leases, all with one statement, and tells what is asked of each run. Those that are missing are lost. */
export async function renew(
  db: Db,
  leases: readonly Pick<Lease, 'key' | 'fence'>[],
  seconds: number,
): Promise<readonly Renewed[]> {
  if (leases.length === 0) return [];
  return db
    .update(runs)
    .set({ leaseUntil: until(seconds) })
    .where(
      and(
        inArray(runs.status, ['starting', 'running']),
        or(...leases.map(({ key, fence }) => and(eq(runs.key, key), eq(runs.fence, fence)))),
      ),
    )
    .returning({ key: runs.key, wanted: runs.wanted });
}

/** Sends runs whose workers were lost back to the queue, or does what had been asked for them. Gives their number. */
export function reap(db: Db, boss: PgBoss): Promise<number> {
  return db.transaction(async (tx) => {
    const lost = await tx
      .select()
      .from(runs)
      .where(and(inArray(runs.status, ['starting', 'running']), lt(runs.leaseUntil, sql`now()`)))
      .limit(100)
      .for('update', { skipLocked: true });
    for (const run of lost) {
      if (run.wanted !== null) {
        const to = run.wanted === 'cancel' ? 'canceled' : 'paused';
        await transition(tx, run.key, { to, reason: 'asked for; its worker was lost' });
        if (run.job !== null) await boss.cancel(queueName, run.job, within(tx));
        continue;
      }
      await transition(tx, run.key, { to: 'queued', reason: 'its worker was lost' });
      if (run.job === null) continue;
      await boss.fail(queueName, run.job, { reason: 'worker lost' }, within(tx));
      await revive(tx, boss, run);
    }
    return lost.length;
  });
}

/** A job that is not there any more is sent anew. */
async function revive(tx: Db, boss: PgBoss, run: RunRow): Promise<void> {
  if (run.job === null) return;
  const [job] = await boss.findJobs(queueName, { id: run.job, ...within(tx) });
  if (job !== undefined && ['created', 'retry', 'active'].includes(job.state)) return;
  const id = randomUUID();
  await tx.update(runs).set({ job: id }).where(eq(runs.key, run.key));
  await enqueue(tx, boss, run, id);
}
