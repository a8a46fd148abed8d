import { isOver } from '@engram/contracts/service';
import type { Created, RunDetail, RunEvent } from '@engram/contracts/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallSpec } from './testing/examples.ts';
import { startMilliseconds, startTestService } from './testing/service.ts';
import type { TestService } from './testing/service.ts';
import { eventually } from './testing/wait.ts';

describe('a run through the service', () => {
  let service: TestService;
  beforeAll(async () => (service = await startTestService()), startMilliseconds);
  afterAll(() => service.close());

  const show = (id: string) => service.call<RunDetail>(`/v1/runs/${id}`);
  const over = (id: string) =>
    eventually(
      () => show(id),
      ({ status }) => isOver(status),
    );
  const submit = (body: object) => service.call<Created>('/v1/runs', { body });

  it('goes from the queue to its record, with every event numbered', async () => {
    const { run, created } = await submit({ id: 'first', spec: smallSpec() });
    expect([run?.status, created]).toEqual(['queued', true]);
    const finished = await over('first');
    expect(finished.status).toBe('succeeded');
    expect(finished.record?.matrix).toHaveLength(6);
    const { items } = await service.call<{ items: RunEvent[] }>('/v1/runs/first/events');
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_, i) => i + 1));
    const statuses = items.flatMap(({ event }) => (event.type === 'status' ? [event.status] : []));
    expect(statuses).toEqual(['queued', 'starting', 'running', 'succeeded']);
  });
});
