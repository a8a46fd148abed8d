import { isOver, ServiceError } from '@engram/contracts/service';
import type { Caller, CreateRun, CreateSweep, Created, RequestInfo, RunService } from '@engram/contracts/service';
import { changedSpec, SpecError } from '@engram/experiment';
import { and, asc, eq, gt, inArray, or, sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import type { Database, Db } from '../database/database.ts';
import { artifacts, datasets, events, runs } from '../database/schema.ts';
import { follow } from '../events/follow.ts';
import type { Followed } from '../events/follow.ts';
import type { Hub } from '../events/hub.ts';
import type { Streams } from '../events/streams.ts';
import { compareRuns } from './compare.ts';
import type { Compared } from './compare.ts';
import { remove, resume, stop } from './control.ts';
import { multiplyAdds } from './estimate.ts';
import { listRuns } from './list.ts';
import { planOf } from './plan.ts';
import { noSuchRun, parentsOf, runOf, viewOf, viewsOf } from './rows.ts';
import type { RunRow } from './rows.ts';
import { createSubmitter } from './submit.ts';

export interface RunServiceParts {
  readonly database: Database;
  readonly boss: PgBoss;
  readonly hub: Hub;
  readonly streams: Streams;
}

export function runService({ database, boss, hub, streams }: RunServiceParts): RunService {
  const { db } = database;
  const submit = createSubmitter(database, boss);
  const speed = createSpeedometer(db);

  const single = async (row: RunRow) => (await viewsOf(db, [row]))[0] ?? viewOf(row, null);

  const accept = async (
    caller: Caller,
    { dryRun = false, ...input }: Omit<CreateRun, 'dryRun'> & Partial<Pick<CreateSweep, 'grid' | 'dryRun'>>,
    request: RequestInfo,
  ): Promise<Created> => {
    const plan = await planOf(input, await speed());
    await requireDataset(db, caller, plan.spec);
    const { specHash, estimate, warnings } = plan;
    const common = { specHash, estimate, warnings: [...warnings] };
    if (dryRun) return { run: null, created: false, ...common };
    const { row, created } = await submit({ caller, plan, request });
    return { run: await single(row), created, ...common };
  };

  return {
    create: accept,
    sweep: accept,
    clone: async (caller, { from, set, seeds, ...submission }, request) => {
      const original = await runOf(db, caller, from);
      const spec = changed(original, set);
      return accept(caller, { ...submission, spec, seeds: seeds ?? [original.seed ?? 0] }, request);
    },
    list: (caller, input) => listRuns(db, caller, input),
    show: async (caller, id) => {
      const row = await runOf(db, caller, id);
      const parents = await parentsOf(db, [row]);
      return {
        ...viewOf(row, row.parent === null ? null : (parents.get(row.parent) ?? null)),
        spec: row.spec,
        record: row.record,
        queuePosition: row.status === 'queued' && row.kind === 'run' ? await queuePosition(db, row) : null,
        children: row.kind === 'sweep' ? await childCounts(db, row) : null,
      };
    },
    events: async (caller, { id, since, limit }) => {
      const run = await runOf(db, caller, id);
      const rows = await db
        .select()
        .from(events)
        .where(and(eq(events.run, run.key), gt(events.seq, since)))
        .orderBy(asc(events.seq))
        .limit(limit);
      const items = rows.map(({ seq, at, body }) => ({ run: id, seq, at: at.toISOString(), event: body }));
      const last = items.at(-1)?.seq ?? since;
      return { items, last: run.lastSeq, over: isOver(run.status) && last >= run.lastSeq };
    },
    follow: async (caller, { ids, lastEventId }, signal) => {
      const known = (lastEventId ?? '').split('.').map((part) => (part === '' ? 0 : Number(part)));
      const rows = await Promise.all([...new Set(ids)].map((id) => runOf(db, caller, id)));
      const followed = rows.map((row, i) => ({
        key: row.key,
        id: row.id,
        lastSeq: row.lastSeq,
        after: Math.min(known[i] ?? 0, row.lastSeq),
        over: isOver(row.status),
      }));
      return counted(hub, followed, streams.enter(caller), signal);
    },
    cancel: async (caller, id, request) =>
      single(await db.transaction((tx) => stop(tx, boss, 'cancel', { caller, id, request }))),
    pause: async (caller, id, request) =>
      single(await db.transaction((tx) => stop(tx, boss, 'pause', { caller, id, request }))),
    resume: async (caller, id, request) =>
      single(await db.transaction((tx) => resume(tx, boss, { caller, id, request }))),
    remove: (caller, id, request) => db.transaction((tx) => remove(tx, { caller, id, request })),
    compare: async (caller, { ids }) => compareRuns(await compared(db, caller, [...new Set(ids)])),
    artifacts: async (caller, id) => {
      const run = await runOf(db, caller, id);
      const rows = await db.select().from(artifacts).where(eq(artifacts.run, run.key)).orderBy(asc(artifacts.name));
      return {
        items: rows.map(({ name, sha256, size, contentType, createdAt }) => ({
          name,
          sha256,
          bytes: size,
          contentType,
          createdAt: createdAt.toISOString(),
          url: `/v1/runs/${encodeURIComponent(id)}/artifacts/${encodeURIComponent(name)}`,
        })),
      };
    },
  };
}

/** Events while the stream's place is held; ends with an error where the service, not the reader, ends it. */
async function* counted(hub: Hub, runs: readonly Followed[], place: ReturnType<Streams['enter']>, signal: AbortSignal) {
  try {
    yield* follow(hub, runs, AbortSignal.any([signal, place.signal]));
    if (place.signal.aborted) throw place.signal.reason;
  } finally {
    place.leave();
  }
}

function changed(original: RunRow, set: Readonly<Record<string, unknown>>) {
  try {
    return changedSpec(original.spec, set);
  } catch (error) {
    if (error instanceof SpecError) throw new ServiceError('invalid', error.message, { cause: error });
    throw error;
  }
}

async function requireDataset(db: Db, caller: Caller, { data }: RunRow['spec']): Promise<void> {
  if (data.source === 'named') return;
  const id = data.path.replace(/^dataset:/, '');
  const [known] = await db
    .select({ id: datasets.id })
    .from(datasets)
    .where(and(eq(datasets.project, caller.project), eq(datasets.id, id)));
  if (known === undefined) throw new ServiceError('not-found', `There is no data set "${id}" in this project.`);
}

const mostAhead = 1000;

async function queuePosition(db: Db, { priority, key }: RunRow): Promise<number> {
  const { rows } = await db.execute<{ ahead: number }>(sql`
    select count(*)::int as ahead from (
      select from runs where status = 'queued' and kind = 'run'
        and (priority > ${priority} or (priority = ${priority} and key < ${key})) limit ${mostAhead}
    ) as waiting`);
  return Math.min(mostAhead, (rows[0]?.ahead ?? 0) + 1);
}

async function childCounts(db: Db, { key }: RunRow) {
  const rows = await db
    .select({ status: runs.status, count: sql<number>`count(*)::int` })
    .from(runs)
    .where(eq(runs.parent, key))
    .groupBy(runs.status);
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

const mostCompared = 500;

/** The runs that ids stand for: a sweep for all of its runs. */
async function compared(db: Db, caller: Caller, ids: readonly string[]): Promise<Compared[]> {
  const named = await db
    .select({ key: runs.key, id: runs.id, kind: runs.kind })
    .from(runs)
    .where(and(eq(runs.project, caller.project), inArray(runs.id, [...ids])));
  const missing = ids.find((id) => !named.some((row) => row.id === id));
  if (missing !== undefined) throw noSuchRun(missing);
  const keysOf = (kind: RunRow['kind']) => named.filter((row) => row.kind === kind).map(({ key }) => key);
  const rows = await db
    .select({
      id: runs.id,
      status: runs.status,
      seed: runs.seed,
      spec: runs.spec,
      specHash: runs.specHash,
      strategy: runs.strategy,
      matrix: sql<
        Compared['record'] extends infer R | null ? (R extends { matrix: infer M } ? M : never) | null : never
      >`${runs.record} -> 'matrix'`,
      summary: sql<NonNullable<RunRow['record']>['summary'] | null>`${runs.record} -> 'summary'`,
    })
    .from(runs)
    .where(or(inArray(runs.key, keysOf('run')), inArray(runs.parent, keysOf('sweep'))))
    .orderBy(runs.key)
    .limit(mostCompared + 1);
  if (rows.length > mostCompared) {
    throw new ServiceError(
      'invalid',
      `These sweeps hold more than ${mostCompared} runs, which is the most that can be compared.`,
    );
  }
  return rows.map(({ matrix, summary, seed, ...row }) => ({
    ...row,
    seed: seed ?? 0,
    record: matrix === null || summary === null ? null : { matrix, summary },
  }));
}

const speedSeconds = 60;

/** Multiply-adds per second of the latest runs that finished here, asked for at most once a minute. */
function createSpeedometer(db: Db): () => Promise<number | null> {
  let known: Promise<number | null> | undefined;
  let until = 0;
  const measure = async (): Promise<number | null> => {
    const rows = await db
      .select({ spec: runs.spec, seconds: sql<number>`(${runs.record} -> 'seconds' ->> 'total')::float8` })
      .from(runs)
      .where(eq(runs.status, 'succeeded'))
      .orderBy(sql`${runs.key} desc`)
      .limit(20);
    const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
    return seconds === 0 ? null : rows.reduce((sum, { spec }) => sum + multiplyAdds(spec), 0) / seconds;
  };
  return () => {
    if (known === undefined || Date.now() > until) {
      until = Date.now() + speedSeconds * 1000;
      known = measure().catch(() => null);
    }
    return known;
  };
}
