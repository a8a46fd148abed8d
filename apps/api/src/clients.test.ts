import { createClient } from '@hey-api/openapi-ts';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { smallSpec } from './testing/examples.ts';
import { adminToken, startTestService } from './testing/service.ts';
import type { TestService } from './testing/service.ts';
import { eventually } from './testing/wait.ts';

// a machine that does much else at the same time needs longer for the same
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let service: TestService;
beforeAll(async () => (service = await startTestService()));
afterAll(() => service.close());

const examples = join(import.meta.dirname, '..', '..', '..', 'examples');

describe('without TypeScript', () => {
  it('a plain curl script submits, watches, downloads and cancels', async () => {
    const { stdout } = await promisify(execFile)('bash', [join(examples, 'service.sh')], {
      env: { ...process.env, ENGRAM_URL: service.url, ENGRAM_TOKEN: adminToken },
    });
    const lines = stdout.split('\n').map((line) => line.trim());
    const ids = lines.filter((line) => line.startsWith('run '));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    for (const status of ['queued', 'starting', 'running', 'succeeded', 'also model.safetensors', 'canceled'])
      expect(lines).toContain(status);
    expect(Number(/^(\d+) bytes$/m.exec(lines.join('\n'))?.[1])).toBeGreaterThan(1000);
  });
});

describe('a client that a public generator makes from the OpenAPI document', () => {
  /** The functions of the client that this test calls; what they take and give is the generator's business. */
  type Call = (options: object) => Promise<{ data?: unknown; response: Response; stream?: AsyncIterable<unknown> }>;
  interface Sdk {
    readonly runsCreate: Call;
    readonly runsShow: Call;
    readonly runsCancel: Call;
    readonly runsEvents: Call;
    readonly runsExport: Call;
  }

  let folder: string;
  let sdk: Sdk;
  beforeAll(async () => {
    // inside the project, so that the test runner compiles what was generated
    folder = await mkdtemp(join(import.meta.dirname, '..', '.test-results-client-'));
    const document = join(folder, 'openapi.json');
    await writeFile(document, await (await service.fetch('/v1/openapi.json', { token: null })).text());
    await createClient({
      input: document,
      output: join(folder, 'client'),
      plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
      logs: { level: 'silent' },
    });
    expect(await readdir(join(folder, 'client'))).toContain('sdk.gen.ts');
    sdk = (await import(pathToFileURL(join(folder, 'client', 'sdk.gen.ts')).href)) as Sdk;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const options = (rest: object = {}) => ({
    baseUrl: `${service.url}/v1`,
    headers: { authorization: `Bearer ${adminToken}` },
    ...rest,
  });

  it('submits, watches, downloads and cancels', async () => {
    const { response } = await sdk.runsCreate(options({ body: { id: 'generated', spec: smallSpec(20) } }));
    expect(response.status).toBe(201);
    const { data } = await eventually(
      () => sdk.runsShow(options({ path: { id: 'generated' } })),
      ({ data }) => (data as { status: string }).status === 'succeeded',
    );
    expect(data).toMatchObject({ id: 'generated', record: { status: 'finished' } });

    const events = await sdk.runsEvents(options({ path: { id: 'generated' }, query: { since: 0 } }));
    const { over, items } = events.data as { over: boolean; items: readonly { seq: number }[] };
    expect(over).toBe(true);
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_, i) => i + 1));
    const archive = await sdk.runsExport(options({ path: { id: 'generated' }, parseAs: 'arrayBuffer' }));
    expect(new Uint8Array(archive.data as ArrayBuffer).subarray(0, 2)).toEqual(Uint8Array.of(0x50, 0x4b));

    await sdk.runsCreate(options({ body: { id: 'to-cancel', spec: smallSpec(1_000_000) } }));
    await sdk.runsCancel(options({ path: { id: 'to-cancel' }, body: {} }));
    await eventually(
      () => sdk.runsShow(options({ path: { id: 'to-cancel' } })),
      ({ data }) => (data as { status: string }).status === 'canceled',
    );
    const missing = (await sdk.runsShow(options({ path: { id: 'missing' } }))) as { error?: { code?: string } };
    expect(missing.error?.code).toBe('not-found');
  });
});
