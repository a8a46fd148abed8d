import { maySee, ServiceError } from '@engram/contracts/service';
import type { Caller } from '@engram/contracts/service';
import { gt, sql } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Database } from '../database/database.ts';
import { workers } from '../database/schema.ts';
import { isLoopback } from './origin.ts';
import type { createMetrics } from './metrics.ts';

export interface HealthParts {
  readonly database: Database;
  readonly metrics: ReturnType<typeof createMetrics>;
  readonly draining: () => boolean;
  readonly callerOf: (request: FastifyRequest) => Caller | null;
}

/** For the supervisor, the load balancer and Prometheus. */
export function healthRoutes(app: FastifyInstance, { database, metrics, draining, callerOf }: HealthParts): void {
  app.get('/livez', () => ({ alive: true }));

  app.get('/readyz', async (_request, reply) => {
    const state = { database: await answers(database), draining: draining(), workers: await seenWorkers(database) };
    const ready = state.database && !state.draining;
    return reply.status(ready ? 200 : 503).send({ ready, ...state });
  });

  app.get('/metrics', async (request, reply) => {
    const caller = callerOf(request);
    if (!isLoopback(request.ip) && (caller === null || !maySee(caller, 'admin'))) {
      throw new ServiceError('forbidden', 'Metrics are for this machine, or for a token with the scope admin.');
    }
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}

const answers = ({ db }: Database): Promise<boolean> =>
  db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );

/** Worker processes that reported within half a minute. */
export const seenWorkers = ({ db }: Database): Promise<number> =>
  db
    .select({ count: sql<number>`count(*)::int` })
    .from(workers)
    .where(gt(workers.seenAt, sql`now() - interval '30 seconds'`))
    .then(
      ([row]) => row?.count ?? 0,
      () => 0,
    );
