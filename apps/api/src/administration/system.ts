import type { SystemService } from '@engram/contracts/service';
import { and, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { audit, runs, workers } from '../database/schema.ts';
import { seenWorkers } from '../http/health.ts';
import { decodeCursor, encodeCursor } from '../runs/cursor.ts';
import { version } from '../version.ts';

export const systemService = (database: Database): SystemService => ({
  about: async ({ project, scopes }) => ({
    version,
    storage: database.kind,
    project,
    scopes: [...scopes],
    workers: await seenWorkers(database),
  }),

  queue: async ({ project }) => {
    const rows = await database.db
      .select({ status: runs.status, count: sql<number>`count(*)::int` })
      .from(runs)
      .where(
        and(eq(runs.project, project), eq(runs.kind, 'run'), inArray(runs.status, ['queued', 'starting', 'running'])),
      )
      .groupBy(runs.status);
    const counts = new Map(rows.map(({ status, count }) => [status, count]));
    const [slots] = await database.db
      .select({ sum: sql<number>`coalesce(sum(${workers.slots}), 0)::int` })
      .from(workers)
      .where(gt(workers.seenAt, sql`now() - interval '30 seconds'`));
    return {
      queued: counts.get('queued') ?? 0,
      running: (counts.get('starting') ?? 0) + (counts.get('running') ?? 0),
      slots: slots?.sum ?? 0,
    };
  },

  audit: async (_caller, { project, action, cursor, limit }) => {
    const filter = `audit ${project ?? ''} ${action ?? ''}`;
    const after = decodeCursor(cursor, filter);
    const rows = await database.db
      .select()
      .from(audit)
      .where(
        and(
          project === undefined ? undefined : eq(audit.project, project),
          action === undefined ? undefined : eq(audit.action, action),
          after === undefined ? undefined : lt(audit.seq, Number(after)),
        ),
      )
      .orderBy(desc(audit.seq))
      .limit(limit + 1);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(({ at, before, after: later, ...row }) => ({
        ...row,
        at: at.toISOString(),
        before: before as never,
        after: later as never,
      })),
      next: last === undefined ? null : encodeCursor(last.seq, filter),
    };
  },
});
