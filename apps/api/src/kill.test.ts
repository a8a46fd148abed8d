import { isOver } from '@engram/contracts/service';
import type { Created, EventPage, RunDetail, RunEvent } from '@engram/contracts/service';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { runs } from './database/schema.ts';
import { smallSpec } from './testing/examples.ts';
import { noPostgres, postgresHere, startPostgres } from './testing/postgres.ts';
import type { TestPostgres } from './testing/postgres.ts';
import { startProgram } from './testing/programs.ts';
import type { Program } from './testing/programs.ts';
import { requester, startTestService } from './testing/service.ts';
import type { TestService } from './testing/service.ts';
import { eventually } from './testing/wait.ts';

/** How many runs have their workers ended; 30 for the record in docs/results/service.md. */
const killedRuns = Number(process.env['ENGRAM_KILL_RUNS'] ?? 2);
const minutes = 60_000;
const spec = smallSpec(300, {
  model: { kind: 'mlp', hidden: [32] },
  strategies: [{ name: 'si', c: 1, damping: 0.1, gradient: 'data', negative: 'keep' }],
});
const quick = { ENGRAM_LEASE_SECONDS: '2', ENGRAM_CHECKPOINT_SECONDS: '1' };

interface Client {
  show(id: string): Promise<RunDetail>;
  submit(id: string): Promise<Created>;
  events(id: string): Promise<readonly RunEvent[]>;
}

const clientOf = (url: string): Client => {
  const request = requester(url);
  const json = async <Result>(path: string, body?: unknown): Promise<Result> =>
    (await (await request(path, body === undefined ? {} : { body })).json()) as Result;
  return {
    show: (id) => json(`/v1/runs/${id}`),
    submit: (id) => json('/v1/runs', { id, spec }),
    events: async (id) => (await json<z.infer<typeof EventPage>>(`/v1/runs/${id}/events?limit=1000`)).items,
  };
};

const until = (client: Client, id: string, enough: (run: RunDetail) => boolean) =>
  eventually(
    () => client.show(id).catch(() => undefined),
    (run) => run !== undefined && 'status' in run && enough(run),
    2 * minutes,
  ) as Promise<RunDetail>;
const underWay = (client: Client, id: string) =>
  until(client, id, ({ status, progress }) => status === 'running' && progress !== null);
const over = (client: Client, id: string) => until(client, id, ({ status }) => isOver(status));
const chance = (most: number) => new Promise((resolve) => setTimeout(resolve, Math.random() * most));

/** Nothing lost, nothing twice. */
function requireWhole(events: readonly RunEvent[], attempts: number): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  const told = events.flatMap(({ event }) => {
    switch (event.type) {
      case 'evaluated':
        return [`evaluated ${event.tasksLearned}`];
      case 'consolidated':
      case 'task-started':
        return [`${event.type} ${event.task}`];
      case 'step':
        return [`step ${event.task} ${event.iteration}`];
      case 'finished':
        return ['finished'];
      default:
        return [];
    }
  });
  expect(new Set(told).size).toBe(told.length);
  expect(told.filter((line) => line.startsWith('evaluated'))).toEqual([0, 1, 2, 3, 4, 5].map((i) => `evaluated ${i}`));
  expect(events.filter(({ event }) => event.type === 'run-started')).toHaveLength(attempts);
}

describe.skipIf(!postgresHere)(
  `when processes are ended, on PostgreSQL${postgresHere ? '' : ` (${noPostgres})`}`,
  () => {
    let postgres: TestPostgres;
    let service: TestService;
    let client: Client;
    let url: string;
    let reference: RunDetail;
    let workers: Program[] = [];
    const startWorker = async () => {
      const worker = await startProgram('worker', { DATABASE_URL: url, ...quick });
      workers.push(worker);
      return worker;
    };
    const holderOf = async (id: string) => {
      const [row] = await service.database.db.select({ worker: runs.worker }).from(runs).where(eq(runs.id, id));
      return workers.find(({ said }) => said === row?.worker);
    };

    beforeAll(async () => {
      postgres = await startPostgres();
      url = await postgres.createDatabase();
      service = await startTestService({ DATABASE_URL: url, ENGRAM_WORKERS: '0', ...quick });
      client = clientOf(service.url);
      await Promise.all([startWorker(), startWorker()]);
      await client.submit('undisturbed');
      reference = await over(client, 'undisturbed');
    }, 2 * minutes);
    afterAll(async () => {
      await Promise.all(workers.map((worker) => worker.kill()));
      await service.close();
      await postgres.stop();
    });

    it(
      `${killedRuns} runs whose worker is killed end as if nothing had happened`,
      async () => {
        for (let i = 0; i < killedRuns; i++) {
          const id = `killed-${i}`;
          await client.submit(id);
          await underWay(client, id);
          await chance(1500);
          const holder = await holderOf(id);
          if (holder !== undefined) {
            workers = workers.filter((worker) => worker !== holder);
            await holder.kill();
            await startWorker();
          }
          const run = await over(client, id);
          expect([run.status, run.weightsHash]).toEqual(['succeeded', reference.weightsHash]);
          expect(run.record?.matrix).toEqual(reference.record?.matrix);
          requireWhole(await client.events(id), run.attempts);
        }
      },
      killedRuns * minutes,
    );

    it(
      'a worker that was away for longer than its lease writes nothing any more',
      async () => {
        await client.submit('stale');
        await underWay(client, 'stale');
        const stale = await holderOf('stale');
        stale?.process.kill('SIGSTOP');
        await until(client, 'stale', ({ attempts, status }) => attempts > 1 || isOver(status));
        stale?.process.kill('SIGCONT');
        const run = await over(client, 'stale');
        expect([run.status, run.weightsHash]).toEqual(['succeeded', reference.weightsHash]);
        requireWhole(await client.events('stale'), run.attempts);
      },
      2 * minutes,
    );

    it(
      'a training process that is killed begins again at its checkpoint',
      async () => {
        const single = await startTestService({ DATABASE_URL: await postgres.createDatabase(), ...quick });
        try {
          const own = clientOf(single.url);
          await own.submit('training');
          await underWay(own, 'training');
          for (const pid of single.worker?.trainings() ?? []) process.kill(pid, 'SIGKILL');
          const run = await over(own, 'training');
          expect([run.status, run.attempts, run.weightsHash]).toEqual(['succeeded', 2, reference.weightsHash]);
          requireWhole(await own.events('training'), 2);
        } finally {
          await single.close();
        }
      },
      2 * minutes,
    );

    it(
      'a PostgreSQL that restarts in the middle loses nothing',
      async ({ skip }) => {
        if (postgres.restart === undefined) skip('the server of DATABASE_URL is not restarted by tests');
        await client.submit('restarted');
        await underWay(client, 'restarted');
        await postgres.restart?.();
        const run = await over(client, 'restarted');
        expect([run.status, run.weightsHash]).toEqual(['succeeded', reference.weightsHash]);
        requireWhole(await client.events('restarted'), run.attempts);
      },
      2 * minutes,
    );
  },
);

describe('when the service itself is killed', () => {
  const running: Program[] = [];
  afterEach(() => Promise.all(running.splice(0).map((program) => program.kill())));
  const start = async (environment: Readonly<Record<string, string>>) => {
    const program = await startProgram('service', { ...quick, ...environment });
    running.push(program);
    return program;
  };

  const survives = async (environment: Readonly<Record<string, string>>) => {
    const before = await start(environment);
    await clientOf(before.said).submit('survivor');
    await underWay(clientOf(before.said), 'survivor');
    const known = await clientOf(before.said).events('survivor');
    await before.kill();
    const client = clientOf((await start(environment)).said);
    const run = await over(client, 'survivor');
    await client.submit('undisturbed');
    const reference = await over(client, 'undisturbed');
    expect([run.status, run.weightsHash]).toEqual(['succeeded', reference.weightsHash]);
    const events = await client.events('survivor');
    requireWhole(events, run.attempts);
    expect(events.slice(0, known.length)).toEqual(known);
  };

  it(
    'its embedded database survives, and the run goes on',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'engram-survives-'));
      try {
        await survives({ ENGRAM_STATE_DIR: folder });
      } finally {
        await Promise.all(running.splice(0).map((program) => program.kill()));
        await rm(folder, { recursive: true, force: true });
      }
    },
    3 * minutes,
  );

  it.skipIf(!postgresHere)(
    'the run goes on from PostgreSQL',
    async () => {
      const postgres = await startPostgres();
      try {
        await survives({ DATABASE_URL: await postgres.createDatabase() });
      } finally {
        await Promise.all(running.splice(0).map((program) => program.kill()));
        await postgres.stop();
      }
    },
    3 * minutes,
  );
});
