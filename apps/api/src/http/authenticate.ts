import type { Caller } from '@engram/contracts/service';
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import { hashOf } from '../administration/secrets.ts';
import type { Database } from '../database/database.ts';
import { tokens } from '../database/schema.ts';

export const sessionCookie = 'engram_session';

const knownMilliseconds = 5000;
const mostKnown = 10_000;

/** Who a request comes from, by its Authorization header or session cookie; null: nobody who is known. */
export function createAuthenticator({ db, signals }: Database) {
  const known = new Map<string, { readonly caller: Promise<Caller | null>; readonly until: number }>();
  const forget = (): void => known.clear();
  const stops = [signals.on('tokens', forget), signals.onGap(forget)];

  const lookUp = async (hash: string): Promise<Caller | null> => {
    const [row] = await db
      .select()
      .from(tokens)
      .where(
        and(
          eq(tokens.hash, hash),
          isNull(tokens.revokedAt),
          or(isNull(tokens.expiresAt), gt(tokens.expiresAt, sql`now()`)),
        ),
      );
    if (row === undefined) return null;
    await db
      .update(tokens)
      .set({ lastUsedAt: sql`now()` })
      .where(and(eq(tokens.id, row.id), sql`coalesce(${tokens.lastUsedAt} < now() - interval '1 minute', true)`));
    return { token: row.id, project: row.project, scopes: row.scopes, via: row.kind };
  };

  return {
    authenticate: (request: FastifyRequest): Promise<Caller | null> => {
      const bearer = /^Bearer\s+(\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
      const secret = bearer ?? request.cookies[sessionCookie];
      if (secret === undefined) return Promise.resolve(null);
      const hash = hashOf(secret);
      const remembered = known.get(hash);
      if (remembered !== undefined && remembered.until > Date.now()) return remembered.caller;
      if (known.size >= mostKnown) forget();
      const caller = lookUp(hash);
      known.set(hash, { caller, until: Date.now() + knownMilliseconds });
      caller.catch(() => known.delete(hash));
      return caller;
    },
    close: () => stops.forEach((stop) => stop()),
  };
}
