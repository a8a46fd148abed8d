import type { AppRouter } from '@engram/contracts/router';
import type { RunEvent } from '@engram/contracts/service';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, TRPCClientError } from '@trpc/client';
import { EventSource } from 'eventsource';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { smallSpec } from './testing/examples.ts';
import { adminToken, startMilliseconds, startTestService } from './testing/service.ts';
import type { TestService } from './testing/service.ts';

describe('a tRPC client', () => {
  let service: TestService;
  beforeAll(async () => (service = await startTestService()), startMilliseconds);
  afterAll(() => service.close());

  const clientFor = (token: string) => {
    const url = `${service.url}/trpc`;
    const headers = { authorization: `Bearer ${token}` };
    return createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: ({ type }) => type === 'subscription',
          true: httpSubscriptionLink({
            url,
            EventSource,
            eventSourceOptions: () => ({
              fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
            }),
          }),
          false: httpBatchLink({ url, headers }),
        }),
      ],
    });
  };

  it('follows several runs over one stream, from where it had been', async () => {
    const client = clientFor(adminToken);
    await client.runs.create.mutate({ id: 'a', spec: smallSpec(20) });
    await client.runs.create.mutate({ id: 'b', spec: smallSpec(20), seeds: [1] });
    const collect = (lastEventId: string | null) =>
      new Promise<{ readonly events: RunEvent[]; readonly ids: string[] }>((resolve, reject) => {
        const events: RunEvent[] = [];
        const ids: string[] = [];
        client.runs.follow.subscribe(
          { ids: ['a', 'b'], lastEventId },
          {
            onData: ({ id, data }) => {
              ids.push(id);
              events.push(data);
            },
            onError: reject,
            onComplete: () => resolve({ events, ids }),
          },
        );
      });
    const all = await collect(null);
    for (const run of ['a', 'b']) {
      const numbers = all.events.filter((event) => event.run === run).map(({ seq }) => seq);
      expect(numbers).toEqual(numbers.map((_, i) => i + 1));
      expect(numbers.length).toBeGreaterThan(10);
    }
    const middle = Math.floor(all.ids.length / 2);
    const later = await collect(all.ids[middle] ?? null);
    const missing = new Set(all.events.slice(middle + 1).map(({ run, seq }) => `${run} ${seq}`));
    expect(new Set(later.events.map(({ run, seq }) => `${run} ${seq}`))).toEqual(missing);
  });

  it('gets errors in one typed form', async () => {
    const error: unknown = await clientFor(adminToken)
      .runs.show.query({ id: 'none' })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TRPCClientError);
    expect((error as TRPCClientError<AppRouter>).data).toMatchObject({
      code: 'not-found',
      path: 'runs.show',
      httpStatus: 404,
    });
    const nobody: unknown = await clientFor('wrong')
      .runs.list.query({})
      .catch((caught: unknown) => caught);
    expect((nobody as TRPCClientError<AppRouter>).data?.code).toBe('unauthenticated');
  });

  it('knows the types of what it gets', () => {
    const client = clientFor(adminToken);
    expectTypeOf(client.runs.show.query).returns.resolves.toHaveProperty('weightsHash').toEqualTypeOf<string | null>();
  });
});
