import type { Scope, TokenLimits } from '@engram/contracts/service';
import { and, arrayContains, eq, isNull, sql } from 'drizzle-orm';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { audit, projects, tokens } from '../database/schema.ts';
import { hashOf, newSecret, shortId } from './secrets.ts';

const firstProject = 'default';
const limits: TokenLimits = { concurrency: 64, queued: 100_000, computeSecondsPerDay: null };

/** Makes sure that there is an administrator. Gives the secret of one that was issued now, to be shown this once. */
export const firstRun = ({ db }: Database, config: Pick<Config, 'ENGRAM_ADMIN_TOKEN'>): Promise<string | undefined> =>
  db.transaction(async (tx) => {
    // two processes that start at once must not both issue one
    await tx.execute(sql`select pg_advisory_xact_lock(4600460047)`);
    await tx.insert(projects).values({ id: firstProject }).onConflictDoNothing();
    const given = config.ENGRAM_ADMIN_TOKEN;
    if (given === undefined) {
      const [known] = await tx
        .select({ id: tokens.id })
        .from(tokens)
        .where(and(arrayContains(tokens.scopes, ['admin']), isNull(tokens.revokedAt)))
        .limit(1);
      if (known !== undefined) return undefined;
    }
    const id = shortId();
    const secret = given ?? newSecret(id);
    const added = await tx
      .insert(tokens)
      .values({
        id,
        project: firstProject,
        label: 'first administrator',
        kind: 'token',
        hash: hashOf(secret),
        scopes: ['admin'],
        limits,
      })
      .onConflictDoNothing()
      .returning();
    if (added.length > 0) {
      await tx
        .insert(audit)
        .values({ project: firstProject, action: 'token.create', subject: id, after: { scopes: ['admin'] } });
    }
    return given === undefined ? secret : undefined;
  });

const sessionScopes: readonly Scope[] = ['runs:read', 'runs:write', 'runs:cancel', 'artifacts:read', 'datasets:write'];
const sessionDays = 30;

/** A token for the site's own session on this machine; its secret lives in a cookie only. */
export async function issueSession({ db }: Database): Promise<string> {
  const id = shortId();
  const secret = newSecret(id);
  await db.insert(tokens).values({
    id,
    project: firstProject,
    label: 'site on this machine',
    kind: 'session',
    hash: hashOf(secret),
    scopes: [...sessionScopes],
    limits,
    expiresAt: new Date(Date.now() + sessionDays * 86_400_000),
  });
  return secret;
}

export const sessionSeconds = sessionDays * 86_400;

/** Sessions whose time is over, for housekeeping. */
export const lapsedSessions = and(eq(tokens.kind, 'session'), sql`${tokens.expiresAt} < now()`);
