import { ServiceError } from '@engram/contracts/service';
import type { ProjectService, ProjectView } from '@engram/contracts/service';
import { asc, eq, gt, inArray, and } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { isDuplicate } from '../database/errors.ts';
import type { Db } from '../database/database.ts';
import { audit, projects, runs, tokens } from '../database/schema.ts';
import { queueName, within } from '../queue.ts';
import { decodeCursor, encodeCursor } from '../runs/cursor.ts';
import { notify } from '../runs/transition.ts';

const viewOf = (row: typeof projects.$inferSelect): ProjectView => ({
  id: row.id,
  createdAt: row.createdAt.toISOString(),
  retentionDays: row.retentionDays,
});

const unknown = (id: string): ServiceError => new ServiceError('not-found', `There is no project "${id}".`);

export const projectService = (db: Db, boss: PgBoss): ProjectService => ({
  list: async (_caller, { cursor, limit }) => {
    const after = decodeCursor(cursor, 'projects');
    const rows = await db
      .select()
      .from(projects)
      .where(after === undefined ? undefined : gt(projects.id, String(after)))
      .orderBy(asc(projects.id))
      .limit(limit + 1);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(viewOf),
      next: last === undefined ? null : encodeCursor(last.id, 'projects'),
    };
  },

  create: async (caller, { id, retentionDays }, { requestId }) => {
    try {
      return await db.transaction(async (tx) => {
        const [row] = await tx.insert(projects).values({ id, retentionDays }).returning();
        if (row === undefined) throw new Error('an inserted row did not come back');
        await tx.insert(audit).values({
          project: id,
          token: caller.token,
          action: 'project.create',
          subject: id,
          after: { retentionDays },
          requestId,
        });
        return viewOf(row);
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new ServiceError('conflict', `There is already a project "${id}".`, { hint: 'Choose another id.' });
    }
  },

  update: (caller, { id, retentionDays }, { requestId }) =>
    db.transaction(async (tx) => {
      const [before] = await tx.select().from(projects).where(eq(projects.id, id)).for('update');
      if (before === undefined) throw unknown(id);
      const [row] = await tx.update(projects).set({ retentionDays }).where(eq(projects.id, id)).returning();
      await tx.insert(audit).values({
        project: id,
        token: caller.token,
        action: 'project.update',
        subject: id,
        before: { retentionDays: before.retentionDays },
        after: { retentionDays },
        requestId,
      });
      return viewOf(row ?? before);
    }),

  remove: (caller, id, { requestId }) =>
    db.transaction(async (tx) => {
      if (id === caller.project) {
        throw new ServiceError('conflict', `"${id}" is the project of the token that asks for its deletion.`, {
          hint: 'Use an administrator’s token of another project.',
        });
      }
      const owned = await tx.select({ id: tokens.id }).from(tokens).where(eq(tokens.project, id));
      const waiting = await tx
        .select({ job: runs.job })
        .from(runs)
        .where(and(eq(runs.project, id), inArray(runs.status, ['queued', 'starting', 'running'])));
      const [row] = await tx.delete(projects).where(eq(projects.id, id)).returning();
      if (row === undefined) throw unknown(id);
      const jobs = waiting.flatMap(({ job }) => (job === null ? [] : [job]));
      if (jobs.length > 0) await boss.cancel(queueName, jobs, within(tx));
      for (const token of owned) await notify(tx, 'tokens', token.id);
      // what is left of it: this line
      await tx.insert(audit).values({
        project: id,
        token: caller.token,
        action: 'project.delete',
        subject: id,
        before: { retentionDays: row.retentionDays },
        requestId,
      });
    }),
});
