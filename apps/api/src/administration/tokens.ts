import { ServiceError } from '@engram/contracts/service';
import type { TokenService, TokenView } from '@engram/contracts/service';
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Db } from '../database/database.ts';
import { audit, projects, tokens } from '../database/schema.ts';
import { decodeCursor, encodeCursor } from '../runs/cursor.ts';
import { notify } from '../runs/transition.ts';
import { hashOf, newSecret, shortId, tokenPrefix } from './secrets.ts';

const viewOf = (row: typeof tokens.$inferSelect): TokenView => ({
  id: row.id,
  project: row.project,
  label: row.label,
  prefix: tokenPrefix(row.id),
  scopes: row.scopes,
  limits: row.limits,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});

const dayMilliseconds = 86_400_000;

export const tokenService = (db: Db): TokenService => ({
  list: async (_caller, { project, cursor, limit }) => {
    const filter = `tokens ${project ?? ''}`;
    const after = decodeCursor(cursor, filter);
    const rows = await db
      .select()
      .from(tokens)
      .where(
        and(
          eq(tokens.kind, 'token'),
          project === undefined ? undefined : eq(tokens.project, project),
          after === undefined ? undefined : lt(tokens.id, String(after)),
        ),
      )
      .orderBy(desc(tokens.id))
      .limit(limit + 1);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { items: rows.slice(0, limit).map(viewOf), next: last === undefined ? null : encodeCursor(last.id, filter) };
  },

  create: async (caller, input, { requestId }) => {
    const project = input.project ?? caller.project;
    const id = shortId();
    const secret = newSecret(id);
    return db.transaction(async (tx) => {
      const [known] = await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, project));
      if (known === undefined) throw new ServiceError('not-found', `There is no project "${project}".`);
      const [row] = await tx
        .insert(tokens)
        .values({
          id,
          project,
          label: input.label,
          kind: 'token',
          hash: hashOf(secret),
          scopes: [...new Set(input.scopes)],
          limits: input.limits,
          expiresAt: input.expiresInDays === null ? null : new Date(Date.now() + input.expiresInDays * dayMilliseconds),
        })
        .returning();
      if (row === undefined) throw new Error('an inserted row did not come back');
      const after = { label: row.label, scopes: row.scopes, expiresAt: row.expiresAt };
      await tx
        .insert(audit)
        .values({ project, token: caller.token, action: 'token.create', subject: id, after, requestId });
      return { ...viewOf(row), secret };
    });
  },

  revoke: (caller, id, { requestId }) =>
    db.transaction(async (tx) => {
      const [row] = await tx
        .update(tokens)
        .set({ revokedAt: new Date() })
        .where(and(eq(tokens.id, id), eq(tokens.kind, 'token')))
        .returning();
      if (row === undefined) throw new ServiceError('not-found', `There is no token "${id}".`);
      await notify(tx, 'tokens', id);
      await tx
        .insert(audit)
        .values({ project: row.project, token: caller.token, action: 'token.revoke', subject: id, requestId });
    }),
});
