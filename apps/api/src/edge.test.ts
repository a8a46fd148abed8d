import { isOver } from '@engram/contracts/service';
import type { ArtifactView, Created, DatasetView, DeliveryView, RunDetail } from '@engram/contracts/service';
import { decodeModel } from '@engram/export';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { fromBufferPromise } from 'yauzl';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { smallSpec } from './testing/examples.ts';
import { startTestService } from './testing/service.ts';
import type { TestService } from './testing/service.ts';
import { eventually } from './testing/wait.ts';

// a machine that does much else at the same time needs longer for the same
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let service: TestService;
beforeAll(async () => {
  service = await startTestService({
    ENGRAM_WEBHOOK_PRIVATE: 'true',
    ENGRAM_WEBHOOK_RETRIES: '2',
    ENGRAM_WEBHOOK_RETRY_SECONDS: '1',
    ENGRAM_UPLOAD_BYTES: '100000',
  });
});
afterAll(() => service.close());

const submit = (body: object) => service.call<Created>('/v1/runs', { body });
const over = (id: string) =>
  eventually(
    () => service.call<RunDetail>(`/v1/runs/${id}`),
    ({ status }) => isOver(status),
  );
const csv = Array.from({ length: 60 }, (_, i) => `${['a', 'b', 'c', 'd'][i % 4] ?? ''},${i % 4},${(7 * i) % 5}`).join(
  '\n',
);

const upload = async (id: string, files: Readonly<Record<string, string>>, token?: string): Promise<Response> => {
  const form = new FormData();
  for (const [name, content] of Object.entries(files)) form.append('file', new Blob([content]), name);
  // the body says its own type and boundary
  const request = new Request(`${service.url}/v1/datasets?id=${id}`, { method: 'POST', body: form });
  return service.fetch(`/v1/datasets?id=${id}`, {
    method: 'POST',
    raw: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    ...(token === undefined ? {} : { token }),
  });
};

const tokenWith = async (scopes: readonly string[], project?: string): Promise<string> =>
  (
    await service.call<{ secret: string }>('/v1/tokens', {
      body: { label: 'test', scopes, ...(project === undefined ? {} : { project }) },
    })
  ).secret;

describe('data of one’s own', () => {
  it('are uploaded, listed, trained on and deleted', async () => {
    const response = await upload('pets', { 'pets.csv': csv });
    expect(response.status).toBe(201);
    const view = (await response.json()) as DatasetView;
    expect(view).toMatchObject({
      id: 'pets',
      classNames: ['a', 'b', 'c', 'd'],
      shape: [2],
      trainExamples: 48,
      testExamples: 12,
    });
    expect(await service.call<DatasetView>('/v1/datasets/pets')).toEqual(view);
    expect(await service.call<{ items: DatasetView[] }>('/v1/datasets')).toMatchObject({ items: [view], next: null });
    const spec = smallSpec(10, {
      data: { source: 'own', path: 'dataset:pets' },
      stream: { kind: 'split', tasks: 2, classOrder: 'natural' },
    });
    await submit({ id: 'on-pets', spec });
    const run = await over('on-pets');
    expect([run.error, run.status, run.record?.dataHash]).toEqual([null, 'succeeded', view.hash]);
    await service.call('/v1/datasets/pets', { method: 'DELETE' });
    expect((await service.fetch('/v1/datasets/pets')).status).toBe(404);
  });

  it('are refused with one clear error, and leave nothing', async () => {
    const problem = async (response: Promise<Response>): Promise<[number, string]> => {
      const answer = await response;
      return [answer.status, ((await answer.json()) as { message: string }).message];
    };
    expect(await problem(upload('bad', { 'x.exe': 'MZ' }))).toEqual([
      400,
      expect.stringContaining('no file of a data set'),
    ]);
    expect(await problem(upload('bad', { 'x.csv': 'a,1\nb,z' }))).toEqual([400, expect.stringContaining('line 2')]);
    expect(await problem(upload('bad', { 'x.csv': csv.repeat(400) }))).toEqual([
      413,
      expect.stringContaining('100000 bytes'),
    ]);
    expect(await problem(upload('bad', {}))).toEqual([400, expect.any(String)]);
    expect(await problem(upload('no/id', { 'x.csv': csv }))).toEqual([400, expect.stringContaining('needs id')]);
    expect(await problem(service.fetch('/v1/datasets?id=bad', { body: {} }))).toEqual([415, expect.any(String)]);
    const broken = { 'content-type': 'multipart/form-data; boundary=x' };
    for (const raw of [
      '',
      '--x',
      '--x\r\n\r\n',
      `--x\r\ncontent-disposition: form-data; name="f"; filename="a.csv"\r\n\r\na,1`,
    ]) {
      expect(
        (await problem(service.fetch('/v1/datasets?id=bad', { method: 'POST', raw, headers: broken })))[0],
        raw,
      ).toBe(400);
    }
    expect((await service.fetch('/v1/datasets/bad')).status).toBe(404);
    expect((await upload('twice', { 'x.csv': csv })).status).toBe(201);
    expect((await problem(upload('twice', { 'x.csv': csv })))[0]).toBe(409);
  });

  it('belong to their project, and need the scope', async () => {
    await service.call('/v1/projects', { body: { id: 'other' } });
    const other = await tokenWith(['runs:read', 'runs:write', 'datasets:write'], 'other');
    await upload('mine', { 'x.csv': csv });
    expect((await service.fetch('/v1/datasets/mine', { token: other })).status).toBe(404);
    const spec = smallSpec(5, { data: { source: 'own', path: 'dataset:mine' } });
    expect((await service.fetch('/v1/runs', { body: { spec }, token: other })).status).toBe(404);
    expect((await upload('mine', { 'x.csv': csv }, await tokenWith(['runs:read']))).status).toBe(403);
    expect((await upload('mine', { 'x.csv': csv }, 'engram_wrong')).status).toBe(401);
  });
});

describe('a trained model', () => {
  it('is kept with the run, and exported as an archive with a card', async () => {
    await submit({
      id: 'model',
      spec: smallSpec(10, {
        strategies: [{ name: 'xdg', gatedFraction: 0.5, kind: 'random', subnetworks: 5, position: 'after-activation' }],
      }),
    });
    const { record } = await over('model');
    const { items } = await service.call<{ items: ArtifactView[] }>('/v1/runs/model/artifacts');
    const model = items.find(({ name }) => name === 'model.safetensors');
    const file = new Uint8Array(await (await service.fetch(model?.url ?? '')).arrayBuffer());
    expect(decodeModel(file).info).toMatchObject({ specHash: record?.specHash, seed: 0, tasksLearned: 5 });

    const namesIn = async (path: string): Promise<string[]> => {
      const response = await service.fetch(path);
      expect(response.headers.get('content-type')).toBe('application/zip');
      const zip = await fromBufferPromise(Buffer.from(await response.arrayBuffer()), { lazyEntries: true });
      const names: string[] = [];
      for await (const entry of zip.eachEntry()) {
        names.push(entry.fileName);
        expect((await buffer(await zip.openReadStreamPromise(entry))).length).toBe(entry.uncompressedSize);
      }
      return names;
    };
    expect(await namesIn('/v1/runs/model/export')).toHaveLength(11);
    expect(await namesIn('/v1/runs/model/export?format=layers&task=2')).toEqual([
      'model.json',
      'weights.bin',
      'README.md',
    ]);
    expect(await namesIn('/v1/runs/model/export?format=safetensors')).toEqual(['model.safetensors', 'README.md']);
    expect((await service.fetch('/v1/runs/model/export?task=6')).status).toBe(404);
    expect((await service.fetch('/v1/runs/model/export?format=onnx')).status).toBe(400);
    expect((await service.fetch('/v1/runs/model/export', { token: await tokenWith(['runs:read']) })).status).toBe(403);
  });
});

describe('webhooks', () => {
  interface Received {
    readonly headers: Record<string, string>;
    readonly body: string;
  }

  async function receiver(statusOf: (attempt: number) => number) {
    const received: Received[] = [];
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        received.push({ headers: request.headers as Record<string, string>, body });
        response.writeHead(statusOf(received.length)).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const close = (): void => {
      server.closeAllConnections();
      server.close();
    };
    return { received, url: `http://127.0.0.1:${port}/hook`, close };
  }

  const hook = (url: string, events: readonly string[]) =>
    service.call<{ id: string; secret: string }>('/v1/webhooks', { body: { url, events } });
  const log = (webhook: string) => service.call<{ items: DeliveryView[] }>(`/v1/deliveries?webhook=${webhook}`);

  it('tell of a run with a signature, again until it is taken, with the same id', async () => {
    const { received, url, close } = await receiver((attempt) => (attempt === 1 ? 503 : 204));
    const { id, secret } = await hook(url, ['run.succeeded', 'run.failed']);
    await submit({ id: 'told', name: 'with a name', spec: smallSpec(5) });
    const { items } = await eventually(
      () => log(id),
      ({ items }) => items[0]?.status === 'delivered',
    );
    expect(items).toMatchObject([{ event: 'run.succeeded', run: 'told', attempts: 2, answer: 204, error: null }]);
    const [first, second] = received;
    expect(received).toHaveLength(2);
    expect(first?.headers['webhook-id']).toBe(items[0]?.id);
    expect(second?.headers['webhook-id']).toBe(items[0]?.id);
    expect(new Webhook(secret).verify(second?.body ?? '', second?.headers ?? {})).toMatchObject({
      type: 'run.succeeded',
      data: { run: 'told', kind: 'run', project: 'default', name: 'with a name' },
    });
    // the log can be gone through again
    await service.call(`/v1/deliveries/${items[0]?.id ?? ''}/replay`, { method: 'POST', body: {} });
    await eventually(
      () => Promise.resolve(received.length),
      (count) => count === 3,
    );
    await service.call(`/v1/webhooks/${id}`, { method: 'DELETE' });
    expect((await log(id)).items).toEqual([]);
    close();
  });

  it('are given up after the last repetition, with the reason in the log', async () => {
    const { received, url, close } = await receiver(() => 500);
    const { id } = await hook(url, ['run.canceled']);
    await submit({ id: 'gone', spec: smallSpec(100_000) });
    await service.call('/v1/runs/gone/cancel', { method: 'POST', body: {} });
    const { items } = await eventually(
      () => log(id),
      ({ items }) => items[0]?.status === 'failed',
    );
    expect(items).toMatchObject([{ attempts: 3, answer: 500, error: 'answered with status 500' }]);
    expect(received).toHaveLength(3);
    close();
  });

  it('do not show their secret again, and belong to their project', async () => {
    const { url, close } = await receiver(() => 200);
    const { id, secret } = await hook(url, ['run.succeeded']);
    expect(JSON.stringify(await service.call('/v1/webhooks'))).not.toContain(secret);
    const other = await tokenWith(['admin'], 'other');
    expect((await service.fetch(`/v1/webhooks/${id}`, { method: 'DELETE', token: other })).status).toBe(404);
    expect((await service.fetch('/v1/webhooks', { token: await tokenWith(['runs:read']) })).status).toBe(403);
    close();
  });
});
