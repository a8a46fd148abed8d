import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { runs } from '../database/schema.ts';
import type { Streams } from '../events/streams.ts';

const countedMilliseconds = 5000;

/** What Prometheus reads. Counting the queue is done at most every five seconds, however often it asks. */
export function createMetrics(database: Database, streams: Streams) {
  const registers = [new Registry()];
  const [registry] = registers;
  if (registry === undefined) throw new Error('no registry');
  collectDefaultMetrics({ register: registry });

  let counts: Promise<ReadonlyMap<string, number>> = Promise.resolve(new Map());
  let countedAt = -Infinity;
  const count = (): Promise<ReadonlyMap<string, number>> => {
    if (performance.now() - countedAt > countedMilliseconds) {
      countedAt = performance.now();
      counts = countOpen(database);
    }
    return counts;
  };

  new Gauge({
    name: 'engram_runs',
    help: 'Runs that are not over, by status',
    labelNames: ['status'],
    registers,
    async collect() {
      const found = await count();
      for (const status of openStatuses) this.set({ status }, found.get(status) ?? 0);
    },
  });
  new Gauge({
    name: 'engram_event_streams',
    help: 'Event streams open in this process',
    registers,
    collect() {
      this.set(streams.count());
    },
  });
  new Gauge({
    name: 'engram_database_connections',
    help: 'Connections to the database',
    labelNames: ['state'],
    registers,
    collect() {
      const { total, waiting } = database.connections();
      this.set({ state: 'open' }, total);
      this.set({ state: 'wanted' }, waiting);
    },
  });
  const requests = new Histogram({
    name: 'engram_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  return { text: () => registry.metrics(), contentType: registry.contentType, requests };
}

const openStatuses = ['queued', 'starting', 'running', 'paused'] as const;

async function countOpen({ db }: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .select({ status: runs.status, count: sql<number>`count(*)::int` })
    .from(runs)
    .where(inArray(runs.status, [...openStatuses]))
    .groupBy(runs.status);
  return new Map(rows.map(({ status, count }) => [status, count]));
}
