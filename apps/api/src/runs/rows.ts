import { ServiceError } from '@engram/contracts/service';
import type { Caller, Priority, RunStatus, RunView } from '@engram/contracts/service';
import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from '../database/database.ts';
import { runs } from '../database/schema.ts';
import { priorities } from '../queue.ts';

export type RunRow = typeof runs.$inferSelect;

const priorityOf = (value: number): Priority =>
  (Object.keys(priorities) as Priority[]).find((name) => priorities[name] === value) ?? 'normal';

const iso = (moment: Date | null): string | null => moment?.toISOString() ?? null;

/** What a list shows of a run; `parent` is the sweep's id, which the row knows by key only. */
export const viewOf = (row: RunRow, parent: string | null): RunView => ({
  id: row.id,
  kind: row.kind,
  parent,
  name: row.name,
  tags: row.tags,
  status: row.status,
  stopping: row.wanted,
  priority: priorityOf(row.priority),
  scenario: row.scenario,
  strategy: row.strategy,
  seed: row.seed,
  specHash: row.specHash,
  createdAt: row.createdAt.toISOString(),
  startedAt: iso(row.startedAt),
  endedAt: iso(row.endedAt),
  attempts: row.fence,
  progress:
    row.progress === null
      ? null
      : { ...row.progress, totalIterations: row.spec.stream.tasks * row.spec.training.iterations },
  summary: row.record?.summary ?? null,
  weightsHash: row.record?.weightsHash ?? null,
  error: row.error,
  lastEvent: row.lastSeq,
});

/** Ids of the sweeps that rows belong to. */
export async function parentsOf(db: Db, rows: readonly RunRow[]): Promise<ReadonlyMap<number, string>> {
  const keys = [...new Set(rows.flatMap(({ parent }) => (parent === null ? [] : [parent])))];
  if (keys.length === 0) return new Map();
  const found = await db.select({ key: runs.key, id: runs.id }).from(runs).where(inArray(runs.key, keys));
  return new Map(found.map(({ key, id }) => [key, id]));
}

export async function viewsOf(db: Db, rows: readonly RunRow[]): Promise<RunView[]> {
  const parents = await parentsOf(db, rows);
  return rows.map((row) => viewOf(row, row.parent === null ? null : (parents.get(row.parent) ?? null)));
}

/** Another project's run is not found, just like one that does not exist. */
export const noSuchRun = (id: string): ServiceError =>
  new ServiceError('not-found', `There is no run "${id}" in this project.`, {
    hint: 'GET /v1/runs lists the runs of the project that the token belongs to.',
  });

export async function runOf(db: Db, caller: Pick<Caller, 'project'>, id: string): Promise<RunRow> {
  const [row] = await db
    .select()
    .from(runs)
    .where(and(eq(runs.project, caller.project), eq(runs.id, id)));
  if (row === undefined) throw noSuchRun(id);
  return row;
}

export const statusWords: Readonly<Record<RunStatus, string>> = {
  queued: 'is waiting in the queue',
  starting: 'is being started',
  running: 'is running',
  paused: 'is paused',
  succeeded: 'has succeeded',
  failed: 'has failed',
  canceled: 'was canceled',
  expired: 'has expired',
};
