import { isOver } from '@engram/contracts/service';
import type { ArtifactView, RunDetail, RunEvent } from '@engram/contracts/service';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { smallSpec } from './testing/examples.ts';
import { noPostgres, postgresHere, startPostgres } from './testing/postgres.ts';
import type { TestPostgres } from './testing/postgres.ts';
import { startTestService } from './testing/service.ts';
import type { TestService } from './testing/service.ts';
import { eventually } from './testing/wait.ts';

// a machine that does much else at the same time needs longer for the same
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-restore-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const show = (service: TestService, id: string) => service.call<RunDetail>(`/v1/runs/${id}`);
const reaches = (service: TestService, id: string, enough: (run: RunDetail) => boolean) =>
  eventually(() => show(service, id), enough);

/** Everything that a restored service must still know of a run. */
async function known(service: TestService, id: string) {
  const { items: events } = await service.call<{ items: RunEvent[] }>(`/v1/runs/${id}/events?limit=1000`);
  const { items } = await service.call<{ items: ArtifactView[] }>(`/v1/runs/${id}/artifacts`);
  const contents = await Promise.all(
    items.map(async ({ name, url }) => {
      const bytes = new Uint8Array(await (await service.fetch(url)).arrayBuffer());
      return [name, createHash('sha256').update(bytes).digest('hex')] as const;
    }),
  );
  return { run: await show(service, id), events, contents };
}

const long = 600;

/** A finished run, one that is paused in the middle, and what an undisturbed run of the second one ends with. */
async function work(service: TestService) {
  await service.call('/v1/runs', { body: { id: 'finished', spec: smallSpec(20) } });
  await service.call('/v1/runs', { body: { id: 'undisturbed', spec: smallSpec(long) } });
  await service.call('/v1/runs', { body: { id: 'paused', spec: smallSpec(long) } });
  await reaches(service, 'undisturbed', ({ status }) => isOver(status));
  await reaches(service, 'paused', ({ progress }) => (progress?.task ?? 0) > 0);
  await service.call('/v1/runs/paused/pause', { body: {} });
  await reaches(service, 'paused', ({ status }) => status === 'paused');
  return { finished: await known(service, 'finished'), paused: await known(service, 'paused') };
}

/** The drill: what was backed up is there, and work goes on from it. */
async function drill(service: TestService, before: Awaited<ReturnType<typeof work>>): Promise<void> {
  expect(await known(service, 'finished')).toEqual(before.finished);
  expect(await known(service, 'paused')).toEqual(before.paused);
  await service.call('/v1/runs/paused/resume', { body: {} });
  const resumed = await reaches(service, 'paused', ({ status }) => isOver(status));
  const { weightsHash } = await show(service, 'undisturbed');
  expect([resumed.status, resumed.weightsHash]).toEqual(['succeeded', weightsHash]);
  const { items } = await service.call<{ items: RunEvent[] }>('/v1/runs/paused/events?limit=1000');
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_, i) => i + 1));
}

it('a copy of the embedded database’s folder, taken while the service is stopped, is a backup', async () => {
  const [state, copy] = [join(folder, 'state'), join(folder, 'copy')];
  const service = await startTestService({ ENGRAM_STATE_DIR: state });
  const before = await work(service);
  await service.close();
  await cp(state, copy, { recursive: true });
  await rm(state, { recursive: true });
  const restored = await startTestService({ ENGRAM_STATE_DIR: copy });
  await drill(restored, before);
  await restored.close();
});

describe.skipIf(!postgresHere)(`on PostgreSQL${postgresHere ? '' : ` (${noPostgres})`}`, () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('what pg_dump writes while the service runs is restored into an empty database', async () => {
    const [original, empty] = [await postgres.createDatabase(), await postgres.createDatabase()];
    const dump = join(folder, 'engram.dump');
    const service = await startTestService({ DATABASE_URL: original });
    const before = await work(service);
    await promisify(execFile)('pg_dump', ['--format=custom', `--file=${dump}`, original]);
    await service.close();
    await promisify(execFile)('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${empty}`, dump]);
    const restored = await startTestService({ DATABASE_URL: empty });
    await drill(restored, before);
    await restored.close();
  });
});
