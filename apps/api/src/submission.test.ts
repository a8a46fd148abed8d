import type { Comparison, Created, RunDetail, RunPage } from '@engram/contracts/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallSpec } from './testing/examples.ts';
import { startMilliseconds, startTestService } from './testing/service.ts';
import type { TestService } from './testing/service.ts';

describe('submitting', () => {
  let service: TestService;
  beforeAll(
    async () =>
      (service = await startTestService({
        ENGRAM_WORKERS: '0',
        ENGRAM_RATE_PER_TOKEN: '1000',
        ENGRAM_RATE_PER_ADDRESS: '1000',
      })),
    startMilliseconds,
  );
  afterAll(() => service.close());
  const submit = (body: object, headers: Record<string, string> = {}) => service.fetch('/v1/runs', { body, headers });

  it('the same id twice is the same run; with other content it is a conflict', async () => {
    const body = { id: 'twice', spec: smallSpec() };
    const first = await submit(body);
    const second = await submit(body);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(((await second.json()) as Created).created).toBe(false);
    expect((await submit({ ...body, seeds: [1] })).status).toBe(409);
  });

  it('an Idempotency-Key does the same for ids that the service issues', async () => {
    const key = { 'idempotency-key': 'once-only' };
    const first = (await (await submit({ spec: smallSpec() }, key)).json()) as Created;
    const second = (await (await submit({ spec: smallSpec() }, key)).json()) as Created;
    expect([first.created, second.created]).toEqual([true, false]);
    expect(second.run?.id).toBe(first.run?.id);
    expect((await submit({ spec: smallSpec(11) }, key)).status).toBe(409);
    expect((await submit({ spec: smallSpec() }, { 'idempotency-key': 'with space' })).status).toBe(400);
  });

  it('fifty at once with one id become one run', async () => {
    const bodies = await Promise.all(Array.from({ length: 50 }, () => submit({ id: 'crowd', spec: smallSpec() })));
    const created = bodies.filter(({ status }) => status === 201);
    expect(created).toHaveLength(1);
    for (const { status } of bodies) expect([200, 201, 409]).toContain(status);
  });

  it('a dry run stores nothing and says what it would cost', async () => {
    const dry = await service.call<Created>('/v1/runs', {
      body: { id: 'dry', spec: smallSpec(), seeds: [0, 1], dryRun: true },
    });
    // 64·16 + 16·10 = 1,184 per example; 5·10·8·3 of training and 6·5·72 of testing, for two seeds
    expect(dry).toMatchObject({
      run: null,
      created: false,
      estimate: { runs: 2, multiplyAdds: 2 * 1184 * (1200 + 2160) },
    });
    expect((await service.fetch('/v1/runs/dry')).status).toBe(404);
  });

  it('says what is wrong with a specification, and where', async () => {
    const response = await submit({ spec: { ...smallSpec(), training: { iterations: 0, batchSize: 8 } } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('spec.training.iterations') as string,
    });
    const impossible = {
      ...smallSpec(),
      scenario: 'class',
      strategies: [{ name: 'xdg', gatedFraction: 0.5, kind: 'random', subnetworks: 1, position: 'after-activation' }],
    };
    expect((await submit({ spec: impossible })).status).toBe(400);
    const path = { ...smallSpec(), data: { source: 'own', path: '/etc/passwd' } };
    expect(((await (await submit({ spec: path })).json()) as { message: string }).message).toMatch(/dataset:<id>/);
  });

  it('a sweep runs every combination of its grid for every seed, and is canceled as one', async () => {
    const body = {
      id: 'grid',
      spec: smallSpec(),
      grid: { 'training.iterations': [5, 10], 'optimizer.learningRate': [0.1, 0.01, 0.001] },
      seeds: [0, 1],
    };
    const { run } = await service.call<Created>('/v1/sweeps', { body });
    expect(run).toMatchObject({ kind: 'sweep', seed: null });
    const children = await service.call<RunPage>('/v1/runs?parent=grid&order=oldest&limit=100');
    expect(children.items.map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, i) => `grid.${i + 1}`));
    expect(new Set(children.items.map(({ specHash }) => specHash)).size).toBe(6);
    expect((await service.call<RunDetail>('/v1/runs/grid')).children).toEqual({ queued: 12 });
    const canceled = await service.call<RunDetail>('/v1/runs/grid/cancel', { body: {} });
    expect(canceled.status).toBe('canceled');
    expect((await service.call<RunDetail>('/v1/runs/grid')).children).toEqual({ canceled: 12 });
    const resumed = await service.call<RunDetail>('/v1/runs/grid.3/resume', { body: {} });
    expect(resumed).toMatchObject({ status: 'queued', parent: 'grid' });
    expect((await service.call<RunDetail>('/v1/runs/grid')).status).toBe('queued');
    const wrong = await service.fetch('/v1/sweeps', {
      body: { spec: smallSpec(), grid: { 'training.iteration': [1] } },
    });
    expect(((await wrong.json()) as { message: string }).message).toMatch(/iterations/);
  });

  it('clones with changes', async () => {
    await submit({ id: 'original', spec: smallSpec() });
    const { run } = await service.call<Created>('/v1/runs/original/clone', {
      body: { id: 'copy', set: { 'training.batchSize': 4 } },
    });
    const copy = await service.call<RunDetail>(`/v1/runs/${run?.id ?? ''}`);
    expect(copy.spec).toEqual({ ...smallSpec(), training: { iterations: 10, batchSize: 4 } });
  });

  it('lists page by page without loss while new ones come, and by filter', async () => {
    for (let i = 0; i < 7; i++) await submit({ id: `page-${i}`, spec: smallSpec(), tags: ['paged'] });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: RunPage = await service.call<RunPage>(
        `/v1/runs?tag=paged&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
      await submit({ id: `later-${seen.length}`, spec: smallSpec(), tags: ['paged'] });
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `page-${i}`));
    const other = await service.call<RunPage>('/v1/runs?tag=paged&limit=3');
    expect((await service.fetch(`/v1/runs?limit=3&cursor=${other.next ?? ''}`)).status).toBe(400);
    expect((await service.call<RunPage>('/v1/runs?status=running')).items).toEqual([]);
  });

  it('the priority decides the place in the queue, and the place is shown', async () => {
    await submit({ id: 'soon', spec: smallSpec(), priority: 'high' });
    await submit({ id: 'someday', spec: smallSpec(), priority: 'low' });
    const place = async (id: string) => (await service.call<RunDetail>(`/v1/runs/${id}`)).queuePosition ?? 0;
    expect(await place('soon')).toBe(1);
    expect(await place('someday')).toBeGreaterThan(await place('twice'));
  });

  it('what is not allowed from where a run stands is a conflict', async () => {
    await submit({ id: 'still', spec: smallSpec() });
    const post = (what: string) => service.fetch(`/v1/runs/still/${what}`, { method: 'POST' });
    expect((await post('resume')).status).toBe(409);
    expect((await service.fetch('/v1/runs/still', { method: 'DELETE' })).status).toBe(409);
    expect((await post('pause')).status).toBe(200);
    expect((await post('resume')).status).toBe(200);
    expect((await post('cancel')).status).toBe(200);
    expect((await post('pause')).status).toBe(409);
    expect((await service.fetch('/v1/runs/still', { method: 'DELETE' })).status).toBe(200);
    expect((await service.fetch('/v1/runs/still')).status).toBe(404);
  });

  it('compares runs that have not begun without inventing numbers', async () => {
    const comparison = await service.call<Comparison>('/v1/compare', { body: { ids: ['original', 'copy'] } });
    expect(comparison.differences).toEqual(['training.batchSize']);
    expect(comparison.groups.map(({ metrics }) => metrics.averageAccuracy)).toEqual([
      { n: 0, mean: null, sem: null },
      { n: 0, mean: null, sem: null },
    ]);
    expect(comparison.tests).toEqual([]);
  });
});
