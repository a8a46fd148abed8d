import { appRouter } from '@engram/contracts/router';
import type { AppRouter } from '@engram/contracts/router';
import { ServiceError } from '@engram/contracts/service';
import type { Caller, Service, ServiceContext } from '@engram/contracts/service';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { Streams } from '../events/streams.ts';
import { artifactRoute } from './artifact-route.ts';
import { createAuthenticator } from './authenticate.ts';
import { eventRoute } from './event-route.ts';
import { exportRoute } from './export-route.ts';
import { healthRoutes } from './health.ts';
import { createBuckets } from './limits.ts';
import { createMetrics } from './metrics.ts';
import { openApiDocument } from './openapi.ts';
import { originGuard } from './origin.ts';
import { sendError } from './problem.ts';
import { restRoutes } from './rest.ts';
import { siteRoutes } from './site.ts';
import type { SiteOptions } from './site.ts';
import { uploadRoute } from './upload-route.ts';

export interface ServerParts {
  readonly config: Config;
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly service: Service;
  readonly streams: Streams;
  readonly log: Logger;
  readonly site: Omit<SiteOptions, 'config'>;
  readonly draining: () => boolean;
}

/** Everything that is reached by HTTP, on one origin. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { config, database, blobs, service, streams, log, site, draining } = parts;
  const loggerInstance: FastifyBaseLogger = log;
  const app: FastifyInstance = Fastify({
    loggerInstance,
    bodyLimit: config.ENGRAM_BODY_LIMIT_BYTES,
    trustProxy: config.ENGRAM_TRUST_PROXY,
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1000 },
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
  });
  const authenticator = createAuthenticator(database);
  const perToken = createBuckets(config.ENGRAM_RATE_PER_TOKEN);
  const perAddress = createBuckets(config.ENGRAM_RATE_PER_ADDRESS);
  const metrics = createMetrics(database, streams);
  const guard = originGuard(config);
  const callers = new WeakMap<FastifyRequest, Caller | null>();
  const callerOf = (request: FastifyRequest): Caller | null => callers.get(request) ?? null;
  const contextOf = (request: FastifyRequest): ServiceContext => {
    const key = request.headers['idempotency-key'];
    return {
      caller: callerOf(request),
      requestId: request.id,
      idempotencyKey: idempotencyKey(key),
      service,
    };
  };

  app.setErrorHandler((error, request, reply) => sendError(request, reply, error));
  app.setNotFoundHandler((request, reply) =>
    sendError(
      request,
      reply,
      new ServiceError('not-found', 'There is nothing at this address.', { hint: 'See /v1/openapi.json.' }),
    ),
  );
  // what scripts a page may run stands in the page itself, which knows them
  await app.register(fastifyHelmet, { contentSecurityPolicy: false });
  await app.register(fastifyCookie);

  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    void reply.header('content-security-policy', "frame-ancestors 'none'; base-uri 'self'; object-src 'none'");
    guard(request);
    const route = request.routeOptions.url ?? '';
    if (!['/v1/', '/trpc/', '/metrics'].some((prefix) => route.startsWith(prefix))) return;
    refuse(perAddress.take(request.ip), 'address');
    const caller = await authenticator.authenticate(request);
    callers.set(request, caller);
    // a tRPC batch counts as many requests as it holds
    if (caller !== null) refuse(perToken.take(caller.token, callsIn(request.url)), 'token');
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    request.log.debug(
      { method: request.method, route, status: reply.statusCode, milliseconds: reply.elapsedTime },
      'request',
    );
    done();
  });

  healthRoutes(app, { database, metrics, draining, callerOf });
  await app.register(async (rest) => {
    const document = openApiDocument();
    rest.get('/v1/openapi.json', () => document);
    eventRoute(rest, contextOf);
    artifactRoute(rest, { database, blobs, callerOf });
    exportRoute(rest, { database, blobs, contextOf });
    await uploadRoute(rest, { config, database, blobs, contextOf });
    restRoutes(rest, contextOf);
  });
  await app.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      createContext: ({ req }) => contextOf(req),
      onError: ({ error, path, req }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR') req.log.error({ err: error.cause ?? error, path }, 'unexpected');
      },
      responseMeta: ({ errors }) => {
        const waits = errors.flatMap(({ cause }) => (cause instanceof ServiceError ? (cause.retryAfter ?? []) : []));
        return waits.length === 0 ? {} : { headers: new Headers({ 'retry-after': String(Math.max(...waits)) }) };
      },
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>);
  await app.register((scope) => siteRoutes(scope, { config, ...site }));

  app.addHook('onClose', () => {
    authenticator.close();
    perToken.close();
    perAddress.close();
  });
  return app;
}

function refuse(seconds: number, what: 'token' | 'address'): void {
  if (seconds === 0) return;
  throw new ServiceError('limit', `Too many requests from this ${what}.`, {
    limit: `requests per ${what}`,
    retryAfter: seconds,
    hint: 'Wait as long as Retry-After says.',
  });
}

const callsIn = (url: string): number =>
  url.startsWith('/trpc/') ? (url.split('?', 1)[0] ?? '').split(',').length : 1;

function idempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && /^[\x21-\x7e]{1,200}$/.test(header)) return header;
  throw new ServiceError('invalid', 'Idempotency-Key: expected 1 to 200 visible ASCII characters without spaces.');
}
