import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTrainingClient } from './client.ts';
import type { WorkerLike } from './client.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

class Puppet implements WorkerLike {
  readonly heard: ToWorker[] = [];
  ended = false;
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  say(data: FromWorker): void {
    this.onmessage?.({ data } as MessageEvent<FromWorker>);
  }
}

const puppets: Puppet[] = [];
const told: FromWorker[] = [];
const client = () =>
  createTrainingClient({
    createWorker: () => {
      const puppet = new Puppet();
      puppets.push(puppet);
      return puppet;
    },
    onMessage: (message) => told.push(message),
    patienceMilliseconds: 1000,
  });

beforeEach(() => {
  vi.useFakeTimers();
  puppets.length = 0;
  told.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

it('notices a worker that falls silent, and makes another at the next start', () => {
  const training = client();
  training.start([]);
  vi.advanceTimersByTime(900);
  puppets[0]?.say({ type: 'alive' });
  vi.advanceTimersByTime(900);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(told).toMatchObject([{ type: 'failed', failure: { kind: 'lost' } }]);
  expect(puppets[0]?.ended).toBe(true);
  training.start([]);
  expect(puppets).toHaveLength(2);
});

it('does not mind silence while it is paused, or after the end', () => {
  const training = client();
  training.start([]);
  training.pause();
  vi.advanceTimersByTime(60_000);
  training.resume();
  puppets[0]?.say({ type: 'ended', how: 'done' });
  puppets[0]?.say({ type: 'alive' });
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([{ type: 'ended', how: 'done' }]);
  expect(puppets[0]?.heard.map(({ type }) => type)).toEqual(['start', 'pause', 'resume']);
});

it('ends a worker that failed', () => {
  client().start([]);
  puppets[0]?.say({ type: 'failed', failure: { kind: 'memory', detail: 'no' } });
  expect(puppets[0]?.ended).toBe(true);
});
