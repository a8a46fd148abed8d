import { ReadEvents, ServiceError } from '@engram/contracts/service';
import type { FollowedEvent, ServiceContext } from '@engram/contracts/service';
import { maySee } from '@engram/contracts/service';
import { once } from 'node:events';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import { callerOf, queryReader } from './rest.ts';

const pingMilliseconds = 15_000;

/** A run's events: a page as JSON, or with `Accept: text/event-stream` as they come. */
export function eventRoute(app: FastifyInstance, contextOf: (request: FastifyRequest) => ServiceContext): void {
  const fromQuery = queryReader([ReadEvents]);
  app.get<{ Params: { id: string } }>('/v1/runs/:id/events', async (request, reply) => {
    const context = contextOf(request);
    const query = fromQuery(request.query);
    if (!(request.headers.accept ?? '').includes('text/event-stream')) {
      return callerOf(context, 'runs.events')({ ...query, id: request.params.id });
    }
    const { caller } = context;
    if (caller === null || !maySee(caller, 'runs:read')) {
      // the procedure says it in full
      return callerOf(context, 'runs.events')({ id: request.params.id });
    }
    const lastEventId = String(lastKnown(request.headers['last-event-id'], query['since']));
    if (!/^\d{1,10}$/.test(lastEventId)) {
      throw new ServiceError('invalid', 'Last-Event-ID or since: expected the number of the last event that is known.');
    }
    const id = ReadEvents.shape.id.safeParse(request.params.id);
    if (!id.success) throw new ServiceError('not-found', 'There is no such run in this project.');

    const gone = new AbortController();
    request.raw.on('close', () => gone.abort());
    const groups = await context.service.runs.follow(caller, { ids: [id.data], lastEventId }, gone.signal);
    reply.hijack();
    await send(reply.raw, groups);
    return reply;
  });
}

/** The header is the browser's, when it comes back; the query is the first request's. */
const lastKnown = (header: unknown, query: unknown): string | number => {
  const known = header ?? query ?? 0;
  return typeof known === 'string' || typeof known === 'number' ? known : '';
};

async function send(response: ServerResponse, groups: AsyncIterable<readonly FollowedEvent[]>): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  const ping = setInterval(() => response.write(': ping\n\n'), pingMilliseconds);
  try {
    for await (const group of groups) {
      const text = group.map(({ position, text }) => `id: ${position}\ndata: ${text}\n\n`).join('');
      // a reader that does not keep up is waited for; what it misses stays in the table
      if (!response.write(text) && !response.destroyed)
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    response.write('event: end\ndata: {}\n\n');
  } catch (error) {
    // the reader comes back with Last-Event-ID; everything else was said before the stream began
    if (!(error instanceof ServiceError)) throw error;
  } finally {
    clearInterval(ping);
    response.end();
  }
}
