import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expire, retain } from './administration/housekeeping.ts';
import { createBuckets } from './http/limits.ts';
import { startQueue } from './queue.ts';
import { createLog } from './service.ts';
import { smallSpec } from './testing/examples.ts';
import { startMilliseconds, startTestService } from './testing/service.ts';
import type { TestService } from './testing/service.ts';
import { eventually } from './testing/wait.ts';

it('a bucket gives its burst, then says how long to wait', () => {
  const buckets = createBuckets(10);
  // two seconds' worth
  expect(Array.from({ length: 20 }, () => buckets.take('a'))).toEqual(Array(20).fill(0));
  expect(buckets.take('a', 15)).toBe(2);
  expect(buckets.take('b')).toBe(0);
  buckets.close();
});

describe('limits', () => {
  let service: TestService;
  beforeAll(
    async () =>
      (service = await startTestService({
        ENGRAM_WORKERS: '0',
        ENGRAM_RATE_PER_TOKEN: '5',
        ENGRAM_RATE_PER_ADDRESS: '200',
        ENGRAM_STREAMS_PER_TOKEN: '2',
        ENGRAM_BODY_LIMIT_BYTES: '20000',
      })),
    startMilliseconds,
  );
  afterAll(() => service.close());

  const secretOf = async (more: object) => {
    const made = await eventually(
      () => service.fetch('/v1/tokens', { body: { label: 'limited', scopes: ['runs:read', 'runs:write'], ...more } }),
      ({ ok }) => ok,
    );
    return ((await made.json()) as { secret: string }).secret;
  };

  it('too many requests are told to wait, and which limit it was', async () => {
    const token = await secretOf({});
    const responses = await Promise.all(Array.from({ length: 30 }, () => service.fetch('/v1/about', { token })));
    const refused = responses.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(10);
    expect(refused[0]?.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(refused[0]?.headers.get('x-ratelimit-limit-name')).toBe('requests per token');
    expect(refused[0]?.headers.get('content-type')).toContain('application/problem+json');
    expect(await refused[0]?.json()).toMatchObject({ status: 429, code: 'limit' });
  });

  it('a tRPC batch counts as many requests as it holds', async () => {
    const token = await secretOf({});
    const paths = Array.from({ length: 20 }, () => 'system.about').join(',');
    const response = await service.fetch(`/trpc/${paths}?batch=1&input={}`, { token });
    expect(response.status).toBe(429);
  });

  it('a token may have only so many runs waiting, counted without counting', async () => {
    const limits = { concurrency: 1, queued: 2, computeSecondsPerDay: null };
    const token = await secretOf({ limits });
    const submit = (seeds: number[]) => service.fetch('/v1/runs', { token, body: { spec: smallSpec(), seeds } });
    expect((await submit([0, 1, 2])).status).toBe(429);
    expect((await submit([0, 1])).status).toBe(201);
    const refused = await submit([0]);
    expect([refused.status, refused.headers.get('x-ratelimit-limit-name')]).toEqual([429, 'queued']);
  });

  it('training time of a day is a quota', async () => {
    const token = await secretOf({ limits: { concurrency: 1, queued: 9, computeSecondsPerDay: 5 } });
    const id = /^engram_([a-z0-9]+)_/.exec(token)?.[1] ?? '';
    await service.database.db.execute(
      `update tokens set compute_day = to_char(now() at time zone 'utc', 'YYYY-MM-DD'), compute_seconds = 6 where id = '${id}'`,
    );
    const refused = await service.fetch('/v1/runs', { token, body: { spec: smallSpec() } });
    expect([refused.status, refused.headers.get('x-ratelimit-limit-name')]).toEqual([429, 'compute']);
  });

  it('a body that is too large is refused before it is read', async () => {
    const token = await secretOf({});
    const response = await service.fetch('/v1/runs', { token, body: { name: 'x'.repeat(30_000) } });
    expect(response.status).toBe(413);
    expect((await service.fetch('/trpc/runs.create', { token, body: { name: 'x'.repeat(30_000) } })).status).toBe(413);
  });

  it('a token may have only so many streams open', async () => {
    const token = await secretOf({});
    await service.fetch('/v1/runs', { token, body: { id: 'streamed', spec: smallSpec() } });
    const stop = new AbortController();
    const open = () =>
      service.fetch('/v1/runs/streamed/events', {
        token,
        headers: { accept: 'text/event-stream' },
        signal: stop.signal,
      });
    expect([(await open()).status, (await open()).status]).toEqual([200, 200]);
    const third = await open();
    expect([third.status, third.headers.get('x-ratelimit-limit-name')]).toEqual([429, 'streams']);
    stop.abort();
  });

  it('a run that nobody takes up in time expires, and may be resumed', async () => {
    const token = await secretOf({});
    await service.fetch('/v1/runs', { token, body: { id: 'late', spec: smallSpec(), expiresInSeconds: 1 } });
    const show = async () =>
      (await (await service.fetch('/v1/runs/late', { token })).json()) as { status: string; error: string };
    const run = await eventually(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        return show();
      },
      ({ status }) => status === 'expired',
    );
    expect(run.error).toMatch(/in time/);
    expect((await service.fetch('/v1/runs/late/resume', { token, body: {} })).status).toBe(200);
  });

  it('a project keeps runs only as long as it says', async () => {
    const { db } = service.database;
    await db.execute(`update runs set status = 'canceled', ended_at = now() - interval '3 days' where id = 'streamed'`);
    await db.execute(`update projects set retention_days = 2 where id = 'default'`);
    expect(await retain(db)).toBe(1);
    const { rows } = await db.execute(`select count(*)::int as runs from runs where id = 'streamed'`);
    expect(rows).toEqual([{ runs: 0 }]);
    const { rows: lines } = await db.execute(
      `select after from audit where action = 'run.delete' and subject = 'streamed'`,
    );
    expect(lines).toEqual([{ after: { reason: 'retention' } }]);
  });

  it('expiry leaves alone what is not late', async () => {
    const boss = await startQueue(service.database, createLog('silent'));
    expect(await expire(service.database.db, boss)).toBe(0);
    await boss.stop({ graceful: false });
  });
});
