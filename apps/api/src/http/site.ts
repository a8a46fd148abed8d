import fastifyStatic from '@fastify/static';
import { ServiceError } from '@engram/contracts/service';
import type { FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';
import { sessionSeconds } from '../administration/first-run.ts';
import { sessionCookie } from './authenticate.ts';
import { isLoopback } from './origin.ts';

const built = fileURLToPath(new URL('../../../web/out', import.meta.url));

/** Where the built site lies, if it was built. */
export function siteFolder({ ENGRAM_SITE }: Pick<Config, 'ENGRAM_SITE'>): string | undefined {
  const folder = ENGRAM_SITE ?? built;
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}

export interface SiteOptions {
  readonly config: Config;
  readonly folder: string | undefined;
  /** A secret for the pages' own requests. */
  readonly session: () => Promise<string>;
}

/** The site on the service's own origin; its pages get a session when they are opened on this machine. */
export async function siteRoutes(app: FastifyInstance, { config, folder, session }: SiteOptions): Promise<void> {
  const local = config.ENGRAM_LOCAL_SESSION && isLoopback(config.ENGRAM_HOST);
  app.addHook('onRequest', async (request, reply) => {
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (!local || !isPage || !isLoopback(request.ip) || request.cookies[sessionCookie] !== undefined) return;
    const secret = await session();
    void reply.setCookie(sessionCookie, secret, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
      maxAge: sessionSeconds,
    });
  });
  if (folder !== undefined) {
    await app.register(fastifyStatic, { root: folder, wildcard: true, redirect: true });
    return;
  }
  app.get('/', (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .send(
        'Engram training service. The REST interface is under /v1 (document: /v1/openapi.json), tRPC under /trpc.\n',
      ),
  );
  app.get('/*', () => {
    throw new ServiceError('not-found', 'There is nothing at this address.', { hint: 'See /v1/openapi.json.' });
  });
}
