import { isOver, ServiceError } from '@engram/contracts/service';
import type { DatasetService, DatasetView } from '@engram/contracts/service';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Db } from '../database/database.ts';
import { audit, datasets, runs } from '../database/schema.ts';
import { decodeCursor, encodeCursor } from '../runs/cursor.ts';

type DatasetRow = typeof datasets.$inferSelect;

export const viewOf = ({ files: _files, project: _project, createdAt, ...row }: DatasetRow): DatasetView => ({
  ...row,
  classNames: [...row.classNames],
  createdAt: createdAt.toISOString(),
});

const unknown = (id: string): ServiceError =>
  new ServiceError('not-found', `There is no data set "${id}" in this project.`, {
    hint: 'GET /v1/datasets lists them.',
  });

/** Data sets of one's own, once they are there. */
export const datasetService = (db: Db): DatasetService => ({
  list: async ({ project }, { cursor, limit }) => {
    const after = decodeCursor(cursor, 'datasets');
    const rows = await db
      .select()
      .from(datasets)
      .where(and(eq(datasets.project, project), after === undefined ? undefined : gt(datasets.id, String(after))))
      .orderBy(asc(datasets.id))
      .limit(limit + 1);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(viewOf),
      next: last === undefined ? null : encodeCursor(last.id, 'datasets'),
    };
  },

  show: async ({ project }, id) => {
    const [row] = await db
      .select()
      .from(datasets)
      .where(and(eq(datasets.project, project), eq(datasets.id, id)));
    if (row === undefined) throw unknown(id);
    return viewOf(row);
  },

  remove: (caller, id, { requestId }) =>
    db.transaction(async (tx) => {
      const own = and(eq(datasets.project, caller.project), eq(datasets.id, id));
      const [row] = await tx.select().from(datasets).where(own).for('update');
      if (row === undefined) throw unknown(id);
      const users = await tx
        .select({ id: runs.id, status: runs.status })
        .from(runs)
        .where(
          and(
            eq(runs.project, caller.project),
            sql`${runs.spec} -> 'data' ->> 'path' = ${`dataset:${id}`}`,
            sql`${runs.endedAt} is null`,
          ),
        )
        .limit(1);
      const [user] = users.filter(({ status }) => !isOver(status));
      if (user !== undefined) {
        throw new ServiceError('conflict', `The run "${user.id}" still needs the data set "${id}".`, {
          hint: 'Cancel the run, or wait until it is over.',
        });
      }
      await tx.delete(datasets).where(own);
      await tx.insert(audit).values({
        project: caller.project,
        token: caller.token,
        action: 'dataset.delete',
        subject: id,
        before: { hash: row.hash, bytes: row.bytes },
        requestId,
      });
    }),
});
