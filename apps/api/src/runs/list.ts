import { canonicalJson } from '@engram/contracts';
import type { Caller, ListRuns, RunPage } from '@engram/contracts/service';
import { and, asc, desc, eq, getTableColumns, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { Db } from '../database/database.ts';
import { runs } from '../database/schema.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { runOf, viewsOf } from './rows.ts';

/** The record of a list's rows without what is large and not shown. */
const listed = {
  ...getTableColumns(runs),
  record: sql<
    (typeof runs.$inferSelect)['record']
  >`jsonb_build_object('summary', ${runs.record} -> 'summary', 'weightsHash', ${runs.record} -> 'weightsHash')`,
};

export async function listRuns(db: Db, caller: Caller, input: ListRuns): Promise<RunPage> {
  const { cursor, limit, order, status, kind, parent, tag, scenario, strategy, specHash } = input;
  const filter = createHash('sha256')
    .update(canonicalJson({ order, status, kind, parent, tag, scenario, strategy, specHash, project: caller.project }))
    .digest('base64url')
    .slice(0, 12);
  const after = decodeCursor(cursor, filter);
  const sweep = parent === undefined ? undefined : await runOf(db, caller, parent);
  const rows = await db
    .select(listed)
    .from(runs)
    .where(
      and(
        eq(runs.project, caller.project),
        sweep === undefined ? isNull(runs.parent) : eq(runs.parent, sweep.key),
        after === undefined
          ? undefined
          : order === 'newest'
            ? lt(runs.key, Number(after))
            : gt(runs.key, Number(after)),
        status === undefined ? undefined : inArray(runs.status, status),
        kind === undefined ? undefined : eq(runs.kind, kind),
        tag === undefined ? undefined : sql`${runs.tags} @> array[${tag}]::text[]`,
        scenario === undefined ? undefined : eq(runs.scenario, scenario),
        strategy === undefined ? undefined : eq(runs.strategy, strategy),
        specHash === undefined ? undefined : eq(runs.specHash, specHash),
      ),
    )
    .orderBy(order === 'newest' ? desc(runs.key) : asc(runs.key))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await viewsOf(db, shown),
    next: rows.length > limit && last !== undefined ? encodeCursor(last.key, filter) : null,
  };
}
