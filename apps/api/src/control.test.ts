import { isOver } from '@engram/contracts/service';
import type { Comparison, Created, RunDetail, RunEvent, RunPage } from '@engram/contracts/service';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallSpec } from './testing/examples.ts';
import { startMilliseconds, startTestService } from './testing/service.ts';
import type { TestService } from './testing/service.ts';
import { eventually } from './testing/wait.ts';

const spec = smallSpec(300, { model: { kind: 'mlp', hidden: [32] } });
const minutes = 60_000;

const clientOf = (service: TestService) => {
  const show = (id: string) => service.call<RunDetail>(`/v1/runs/${id}`);
  const events = async (id: string) =>
    (await service.call<{ items: RunEvent[] }>(`/v1/runs/${id}/events?limit=1000`)).items;
  return {
    show,
    events,
    submit: (body: object) => service.call<Created>('/v1/runs', { body }),
    post: (id: string, what: string) => service.call<RunDetail>(`/v1/runs/${id}/${what}`, { method: 'POST' }),
    over: (id: string) =>
      eventually(
        () => show(id),
        ({ status }) => isOver(status),
        2 * minutes,
      ),
    underWay: (id: string) =>
      eventually(
        () => show(id),
        ({ status, progress }) => status === 'running' && progress !== null,
        2 * minutes,
      ),
    statuses: async (id: string) =>
      (await events(id)).flatMap(({ event }) => (event.type === 'status' ? [event.status] : [])),
  };
};

const numbersOf = (events: readonly RunEvent[]): number[] => events.map(({ seq }) => seq);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('a run under control', () => {
  let service: TestService;
  let client: ReturnType<typeof clientOf>;
  let reference: RunDetail;
  beforeAll(
    async () => {
      service = await startTestService({
        ENGRAM_WORKERS: '2',
        ENGRAM_RATE_PER_TOKEN: '1000',
        ENGRAM_RATE_PER_ADDRESS: '1000',
        ENGRAM_CHECKPOINT_SECONDS: '1',
      });
      client = clientOf(service);
      await client.submit({ id: 'undisturbed', spec });
      reference = await client.over('undisturbed');
    },
    startMilliseconds + 2 * minutes,
  );
  afterAll(() => service.close());

  it(
    'is canceled where it runs, keeps a checkpoint, and goes on from there as if nothing had been',
    async () => {
      await client.submit({ id: 'canceled', spec });
      await client.underWay('canceled');
      expect((await client.post('canceled', 'cancel')).stopping).toBe('cancel');
      expect((await client.over('canceled')).status).toBe('canceled');
      const { items } = await service.call<{ items: { name: string }[] }>('/v1/runs/canceled/artifacts');
      expect(items.map(({ name }) => name)).toContain('checkpoint');
      await client.post('canceled', 'resume');
      const run = await client.over('canceled');
      expect([run.status, run.weightsHash]).toEqual(['succeeded', reference.weightsHash]);
      const events = await client.events('canceled');
      expect(numbersOf(events)).toEqual(upTo(events.length));
      const resumed = events.flatMap(({ event }) => (event.type === 'run-started' ? [event.resumedFrom] : []));
      expect(resumed[0]).toBeNull();
      expect(resumed[1]).not.toBeNull();
    },
    3 * minutes,
  );

  it(
    'pauses and resumes with the same result',
    async () => {
      await client.submit({ id: 'paused', spec });
      await client.underWay('paused');
      await client.post('paused', 'pause');
      await eventually(
        () => client.show('paused'),
        ({ status }) => status === 'paused',
      );
      await client.post('paused', 'resume');
      const run = await client.over('paused');
      expect([run.status, run.weightsHash]).toEqual(['succeeded', reference.weightsHash]);
      expect(await client.statuses('paused')).toEqual([
        'queued',
        'starting',
        'running',
        'paused',
        'queued',
        'starting',
        'running',
        'succeeded',
      ]);
    },
    3 * minutes,
  );

  it(
    'is canceled although its training process hangs',
    async () => {
      await client.submit({ id: 'hanging', spec });
      await client.underWay('hanging');
      for (const pid of service.worker?.trainings() ?? []) process.kill(pid, 'SIGSTOP');
      await client.post('hanging', 'cancel');
      expect((await client.over('hanging')).status).toBe('canceled');
    },
    3 * minutes,
  );

  it(
    'is watched without loss or repetition by a reader that comes and goes',
    async () => {
      await client.submit({ id: 'watched', spec });
      const seen: number[] = [];
      let ended = false;
      while (!ended) {
        const leave = new AbortController();
        const headers = { accept: 'text/event-stream', 'last-event-id': String(seen.at(-1) ?? 0) };
        const response = await service.fetch('/v1/runs/watched/events', { headers, signal: leave.signal });
        expect(response.headers.get('content-type')).toMatch('text/event-stream');
        const begun = seen.length;
        let rest = '';
        for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
          const blocks = (rest + chunk).split('\n\n');
          rest = blocks.pop() ?? '';
          for (const block of blocks) {
            const id = /^id: (\d+)$/m.exec(block)?.[1];
            if (id !== undefined) seen.push(Number(id));
            ended ||= block.startsWith('event: end');
          }
          // go away in the middle, every few events
          if (seen.length - begun >= 5) break;
        }
        leave.abort();
      }
      const run = await client.show('watched');
      expect(seen).toEqual(upTo(run.lastEvent));
    },
    3 * minutes,
  );

  it(
    'stands for several seeds, and the sweep tells of each',
    async () => {
      await client.submit({ id: 'seeds', spec: smallSpec(20), seeds: [0, 1, 2] });
      const sweep = await client.over('seeds');
      expect([sweep.status, sweep.children]).toEqual(['succeeded', { succeeded: 3 }]);
      const events = await client.events('seeds');
      expect(numbersOf(events)).toEqual(upTo(events.length));
      const done = events.flatMap(({ event }) =>
        event.type === 'child' && event.status === 'succeeded' ? [event.run] : [],
      );
      expect(done.toSorted()).toEqual(['seeds.1', 'seeds.2', 'seeds.3']);
      const { groups, runs } = await service.call<Comparison>('/v1/compare', { body: { ids: ['seeds'] } });
      expect(runs).toHaveLength(3);
      expect(groups[0]?.metrics.averageAccuracy.n).toBe(3);
      expect(groups[0]?.metrics.averageAccuracy.sem).not.toBeNull();
      const { items } = await service.call<RunPage>('/v1/runs?kind=sweep');
      expect(items.map(({ id }) => id)).toContain('seeds');
    },
    3 * minutes,
  );

  it(
    'takes turns where its token may run only one at a time',
    async () => {
      const limits = { concurrency: 1, queued: 10, computeSecondsPerDay: null };
      const body = { label: 'one by one', scopes: ['runs:write', 'runs:read'], limits };
      const { secret } = await service.call<{ secret: string }>('/v1/tokens', { body });
      await service.call('/v1/runs', { token: secret, body: { id: 'turns', spec: smallSpec(20), seeds: [0, 1, 2] } });
      await client.over('turns');
      const { items } = await service.call<RunPage>('/v1/runs?parent=turns');
      const spans = items.map(({ startedAt, endedAt }) => [startedAt ?? '', endedAt ?? ''] as const).toSorted();
      for (const [i, [start]] of spans.entries()) if (i > 0) expect(start >= (spans[i - 1]?.[1] ?? '')).toBe(true);
    },
    3 * minutes,
  );

  it('gives its content under its SHA-256', async () => {
    const { items } = await service.call<{ items: { name: string; sha256: string; bytes: number; url: string }[] }>(
      '/v1/runs/undisturbed/artifacts',
    );
    const [artifact] = items.filter(({ name }) => name === 'checkpoint');
    const bytes = Buffer.from(await (await service.fetch(artifact?.url ?? '')).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(artifact?.sha256);
  });

  it(
    'fails with a reason where the loss becomes no number',
    async () => {
      const optimizer = { kind: 'sgd' as const, learningRate: 1e30, momentum: 0, resetPerTask: false };
      await client.submit({ id: 'diverging', spec: smallSpec(20, { optimizer }) });
      const run = await client.over('diverging');
      expect([run.status, run.attempts]).toEqual(['failed', 1]);
      expect(run.error).toMatch(/learning rate/);
    },
    2 * minutes,
  );
});

it(
  'a service that is asked to stop saves its runs, and its successor goes on',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'engram-drain-'));
    try {
      const first = await startTestService({ ENGRAM_STATE_DIR: folder });
      const before = clientOf(first);
      await before.submit({ id: 'handed-on', spec });
      await before.underWay('handed-on');
      const stream = await first.fetch('/v1/runs/handed-on/events', { headers: { accept: 'text/event-stream' } });
      const text = stream.text();
      await first.close();
      // the stream ended without "end": a browser would come back
      expect(await text).not.toMatch(/event: end/);
      const second = await startTestService({ ENGRAM_STATE_DIR: folder });
      const after = clientOf(second);
      await after.submit({ id: 'undisturbed', spec });
      const [run, reference] = [await after.over('handed-on'), await after.over('undisturbed')];
      expect([run.status, run.weightsHash]).toEqual(['succeeded', reference.weightsHash]);
      const reasons = (await after.events('handed-on')).flatMap(({ event }) =>
        event.type === 'status' && event.reason !== null ? [event.reason] : [],
      );
      expect(reasons).toEqual(['interrupted: drain']);
      await second.close();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  5 * minutes,
);
