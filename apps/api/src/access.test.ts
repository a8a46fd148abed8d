import { appRouter } from '@engram/contracts/router';
import { Scope } from '@engram/contracts/service';
import type { Created } from '@engram/contracts/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { described } from './http/rest.ts';
import { smallSpec } from './testing/examples.ts';
import { startMilliseconds, startTestService } from './testing/service.ts';
import type { CallOptions, TestService } from './testing/service.ts';

interface Token {
  readonly id: string;
  readonly secret: string;
}

it('every procedure states its scope', () => {
  const procedures = described();
  expect(procedures.size).toBeGreaterThan(15);
  for (const [path, { _def }] of procedures)
    expect([path, Scope.safeParse(_def.meta?.scope).success]).toEqual([path, true]);
});

describe('who may do what', () => {
  let service: TestService;
  beforeAll(async () => (service = await startTestService({ ENGRAM_WORKERS: '0' })), startMilliseconds);
  afterAll(() => service.close());

  const token = (scopes: readonly string[], more: object = {}) =>
    service.call<Token>('/v1/tokens', { body: { label: 'test', scopes, ...more } });
  const statusOf = async (path: string, options?: CallOptions) => (await service.fetch(path, options)).status;

  it('no procedure answers without a token', async () => {
    for (const [path, { _def }] of described()) {
      const method = _def.type === 'mutation' ? 'POST' : 'GET';
      const response = await service.fetch(`/trpc/${path}`, {
        method,
        token: null,
        ...(method === 'POST' ? { body: {} } : {}),
      });
      // a subscription tells its error inside the stream
      const text = await response.text();
      expect([path, /unauthenticated/.test(text)]).toEqual([path, true]);
    }
  });

  it('a token does what its scopes say, and no more', async () => {
    const reader = await token(['runs:read']);
    expect(await statusOf('/v1/runs', { token: reader.secret })).toBe(200);
    const response = await service.fetch('/v1/runs', { token: reader.secret, body: { spec: smallSpec() } });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('runs:write') as string,
    });
  });

  it('a token is stored as a hash, and shown once', async () => {
    const made = await token(['runs:read']);
    const listed = await service.call<object>('/v1/tokens');
    expect(JSON.stringify(listed)).toContain(made.id);
    expect(JSON.stringify(listed)).not.toContain(made.secret);
    const { rows } = await service.database.db.execute(`select * from tokens`);
    expect(JSON.stringify(rows)).not.toContain(made.secret);
  });

  it('a revoked token is refused at once, an expired one too', async () => {
    const made = await token(['runs:read']);
    expect(await statusOf('/v1/runs', { token: made.secret })).toBe(200);
    await service.call(`/v1/tokens/${made.id}`, { method: 'DELETE' });
    expect(await statusOf('/v1/runs', { token: made.secret })).toBe(401);
    const late = await token(['runs:read'], { expiresInDays: 1 });
    await service.database.db.execute(
      `update tokens set expires_at = now() - interval '1 second' where id = '${late.id}'`,
    );
    expect(await statusOf('/v1/runs', { token: late.secret })).toBe(401);
  });

  it('another project’s run answers exactly as one that does not exist', async () => {
    await service.call('/v1/projects', { body: { id: 'other' } });
    const other = await token(['runs:read', 'runs:write', 'runs:cancel', 'artifacts:read'], { project: 'other' });
    await service.call<Created>('/v1/runs', { body: { id: 'mine', spec: smallSpec() } });
    const answers = async (id: string) =>
      Promise.all(
        [
          [`/v1/runs/${id}`, {}],
          [`/v1/runs/${id}/events`, {}],
          [`/v1/runs/${id}/events`, { headers: { accept: 'text/event-stream' } }],
          [`/v1/runs/${id}/artifacts`, {}],
          [`/v1/runs/${id}/artifacts/checkpoint`, {}],
          [`/v1/runs/${id}/cancel`, { body: {} }],
          [`/v1/runs/${id}/pause`, { body: {} }],
          [`/v1/runs/${id}/resume`, { body: {} }],
          [`/v1/runs/${id}/clone`, { body: {} }],
          ['/v1/compare', { body: { ids: [id] } }],
          [`/v1/runs?parent=${id}`, {}],
          [`/v1/runs/${id}`, { method: 'DELETE' }],
        ].map(async ([path, options]) => {
          const response = await service.fetch(path as string, { ...(options as CallOptions), token: other.secret });
          const text = (await response.text()).replaceAll(id, 'ID').replace(/"requestId":"[^"]+"/, '');
          return [(path as string).replaceAll(id, 'ID'), response.status, text];
        }),
      );
    const theirs = await answers('mine');
    expect(theirs).toEqual(await answers('none'));
    expect(theirs.map(([, status]) => status)).toEqual(theirs.map(() => 404));
    // and its own run of the same name is another run
    expect(await statusOf('/v1/runs', { body: { id: 'mine', spec: smallSpec(11) }, token: other.secret })).toBe(201);
  });

  it('deleting a project takes everything with it and leaves a line in the audit log', async () => {
    await service.call('/v1/projects', { body: { id: 'passing' } });
    const own = await token(['runs:read', 'runs:write'], { project: 'passing' });
    await service.call('/v1/runs', { body: { id: 'gone', spec: smallSpec() }, token: own.secret });
    await service.call('/v1/projects/passing', { method: 'DELETE' });
    expect(await statusOf('/v1/runs', { token: own.secret })).toBe(401);
    const { rows } = await service.database.db
      .execute(`select (select count(*)::int from runs where project = 'passing') as runs,
      (select count(*)::int from events where run not in (select key from runs)) as events`);
    expect(rows).toEqual([{ runs: 0, events: 0 }]);
    const { items } = await service.call<{ items: { action: string; subject: string }[] }>('/v1/audit?project=passing');
    expect(items.map(({ action }) => action)).toEqual([
      'project.delete',
      'run.create',
      'token.create',
      'project.create',
    ]);
  });

  describe('in a browser on this machine', () => {
    const page = { token: null, headers: { accept: 'text/html' } };

    it('a page gets a session that scripts cannot read and other sites cannot use', async () => {
      const cookie = (await service.fetch('/', page)).headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(/^engram_session=engram_[\w-]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/);
      const [session = ''] = cookie.split(';');
      expect(await statusOf('/v1/runs', { token: null, headers: { cookie: session } })).toBe(200);
      expect(await statusOf('/v1/tokens', { token: null, headers: { cookie: session } })).toBe(403);
      for (const headers of [
        { origin: 'https://elsewhere.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
      ]) {
        expect(await statusOf('/v1/runs', { token: null, headers: { cookie: session, ...headers } })).toBe(403);
      }
      expect(await statusOf('/v1/runs', { token: null, headers: { cookie: session, origin: service.url } })).toBe(200);
    });

    it('a name that was turned to this address is refused', async () => {
      const { request } = await import('node:http');
      const status = await new Promise((resolve) =>
        request(`${service.url}/`, { headers: { host: 'rebound.example' } }, (response) =>
          resolve(response.resume().statusCode),
        ).end(),
      );
      expect(status).toBe(403);
    });
  });

  it('no answer holds a stack trace or the database’s words', async () => {
    for (const path of [
      '/v1/runs/%00',
      '/v1/runs?limit=x',
      '/v1/nothing',
      '/trpc/nothing',
      '/v1/runs?cursor=AAAA',
      '/trpc/runs.list?input=%7B',
    ]) {
      const response = await service.fetch(path);
      const text = await response.text();
      expect([path, response.status < 500, /\bat .*\.[tj]s:|Failed query|stack/.test(text)]).toEqual([
        path,
        true,
        false,
      ]);
      expect(text).toMatch(/"requestId":"[0-9a-f-]{36}"/);
    }
    expect(appRouter._def._config.isDev).toBe(false);
  });
});
