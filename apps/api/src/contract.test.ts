import { appRouter } from '@engram/contracts/router';
import { isOver } from '@engram/contracts/service';
import type { Comparison, Created, RunDetail, RunEvent, RunView } from '@engram/contracts/service';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { described } from './http/rest.ts';
import { smallSpec } from './testing/examples.ts';
import { httpClient, Refusal } from './testing/http-client.ts';
import type { ContractClient } from './testing/http-client.ts';
import { adminToken, startTestService } from './testing/service.ts';
import type { TestService } from './testing/service.ts';
import { eventually } from './testing/wait.ts';

// a machine that does much else at the same time needs longer for the same
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

/** The router itself, as code in the same process calls it, for the administrator. */
async function inProcess(): Promise<ContractClient> {
  const { items } = await service.call<{ items: readonly { readonly id: string }[] }>('/v1/tokens');
  const caller = appRouter.createCaller({
    caller: { token: items[0]?.id ?? '', project: 'default', scopes: ['admin'], via: 'token' },
    requestId: 'in-process',
    idempotencyKey: null,
    service: service.service,
  }) as unknown as Readonly<Record<string, Readonly<Record<string, (input?: unknown) => Promise<unknown>>>>>;
  return {
    call: async (procedure, input) => {
      const [group = '', name = ''] = procedure.split('.');
      try {
        return await caller[group]?.[name]?.(input);
      } catch (error) {
        const { cause } = error as { readonly cause?: { readonly code?: string; readonly name?: string } };
        throw new Refusal(cause?.name === 'ServiceError' ? cause.code : 'invalid');
      }
    },
    close: () => Promise.resolve(),
  };
}

/** REST, by the paths that the procedures state. */
function rest(): ContractClient {
  const procedures = described();
  return {
    call: async (procedure, input = {}) => {
      const route = procedures.get(procedure)?._def.meta?.openapi;
      if (route === undefined) throw new Error(`${procedure} has no path`);
      const rest = { ...(input as Record<string, unknown>) };
      const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = String(rest[name]);
        Reflect.deleteProperty(rest, name);
        return encodeURIComponent(value);
      });
      const inQuery = route.method === 'GET' || route.method === 'DELETE';
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(rest))
        for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
      const response = await service.fetch(`/v1${path}${inQuery && query.size > 0 ? `?${query.toString()}` : ''}`, {
        method: route.method,
        ...(inQuery ? {} : { body: rest }),
      });
      const body = (await response.json()) as { readonly code?: string };
      if (!response.ok) throw new Refusal(body.code);
      return body;
    },
    close: () => Promise.resolve(),
  };
}

/** From another thread. */
function fromWorker(): ContractClient {
  const worker = new Worker(new URL('./testing/contract.worker.ts', import.meta.url), {
    workerData: { url: service.url, token: adminToken },
  });
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  worker.on('message', ({ key, result, refused }: { key: number; result?: unknown; refused?: string }) => {
    const call = waiting.get(key);
    waiting.delete(key);
    if (refused === undefined) call?.resolve(result);
    else call?.reject(new Refusal(refused));
  });
  let last = 0;
  return {
    call: (procedure, input) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        worker.postMessage({ key: last, procedure, input });
      }),
    close: () => worker.terminate(),
  };
}

const ways: readonly (readonly [string, () => ContractClient | Promise<ContractClient>])[] = [
  ['in-process', inProcess],
  ['http', () => httpClient(service.url, adminToken)],
  ['rest', rest],
  ['worker', fromWorker],
];

describe.each(ways)('the same calls, %s,', (way, open) => {
  let client: ContractClient;
  beforeAll(async () => {
    client = await open();
  });
  afterAll(() => client.close());
  const ask = async <Result>(procedure: string, input?: unknown): Promise<Result> =>
    // the suite says what it expects to come
    (await client.call(procedure, input)) as Result;
  const codeOf = (procedure: string, input?: unknown): Promise<string> =>
    client.call(procedure, input).then(
      () => 'no refusal',
      (error: unknown) => (error instanceof Refusal ? error.message : String(error)),
    );
  const over = (id: string) =>
    eventually(
      () => ask<RunDetail>('runs.show', { id }),
      ({ status }) => isOver(status),
    );

  it('submit, estimate, watch, list, compare and delete', async () => {
    const id = `contract-${way}`;
    const estimate = await ask<Created>('runs.create', { spec: smallSpec(20), dryRun: true });
    expect([estimate.run, estimate.estimate.runs]).toEqual([null, 1]);
    const body = { id, spec: smallSpec(20), seeds: [0, 1], tags: [way], priority: 'high' };
    expect(await ask<Created>('runs.create', body)).toMatchObject({ created: true, run: { id, kind: 'sweep' } });
    expect(await ask<Created>('runs.create', body)).toMatchObject({ created: false, run: { id } });
    expect((await over(id)).children).toEqual({ succeeded: 2 });

    const children = await ask<{ items: RunView[]; next: string | null }>('runs.list', { parent: id, limit: 1 });
    expect(children.items).toHaveLength(1);
    const rest = await ask<{ items: RunView[]; next: string | null }>('runs.list', {
      parent: id,
      limit: 1,
      cursor: children.next,
    });
    expect([...children.items, ...rest.items].map((run) => run.id).sort()).toEqual([`${id}.1`, `${id}.2`]);
    expect((await ask<{ items: RunView[] }>('runs.list', { tag: way, status: ['succeeded'] })).items).toHaveLength(1);

    const { items, last } = await ask<{ items: RunEvent[]; last: number }>('runs.events', { id: `${id}.1`, since: 2 });
    expect(items.map(({ seq }) => seq)).toEqual(Array.from({ length: last - 2 }, (_, i) => i + 3));
    const { groups } = await ask<Comparison>('runs.compare', { ids: [id] });
    expect(groups).toMatchObject([{ metrics: { averageAccuracy: { n: 2 } } }]);
    const { items: artifacts } = await ask<{ items: { name: string }[] }>('runs.artifacts', { id: `${id}.1` });
    expect(artifacts.map(({ name }) => name)).toEqual(['checkpoint', 'model.safetensors']);
    expect(await ask('runs.remove', { id })).toEqual({ done: true });
    expect(await codeOf('runs.show', { id: `${id}.1` })).toBe('not-found');
  });

  it('pause, resume, cancel', async () => {
    const id = `stop-${way}`;
    await ask('runs.create', { id, spec: smallSpec(1_000_000) });
    const reaches = (status: RunView['status']) =>
      eventually(
        () => ask<RunDetail>('runs.show', { id }),
        (run) => run.status === status,
      );
    await reaches('running');
    await ask('runs.pause', { id });
    await reaches('paused');
    await ask('runs.resume', { id });
    await reaches('running');
    await ask('runs.cancel', { id });
    await reaches('canceled');
  });

  it('refuse alike', async () => {
    const refusals = {
      missing: await codeOf('runs.show', { id: 'missing' }),
      badId: await codeOf('runs.show', { id: '-' }),
      badSpec: await codeOf('runs.create', { spec: { ...smallSpec(), version: 'x' } }),
      unknownField: await codeOf('runs.create', { spec: smallSpec(), extra: 1 }),
      badCursor: await codeOf('runs.list', { cursor: 'x' }),
      noDataset: await codeOf('datasets.show', { id: 'missing' }),
      privateHook: await codeOf('webhooks.create', { url: 'https://127.0.0.1/', events: ['run.failed'] }),
      overAlready: await codeOf('runs.cancel', { id: 'missing' }),
    };
    expect(refusals).toEqual({
      missing: 'not-found',
      badId: 'invalid',
      badSpec: 'invalid',
      unknownField: 'invalid',
      badCursor: 'invalid',
      noDataset: 'not-found',
      privateHook: 'invalid',
      overAlready: 'not-found',
    });
  });
});
