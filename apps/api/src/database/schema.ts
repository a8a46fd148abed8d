import type { RunEventBody, RunStatus, Scope, TokenLimits, WebhookEvent } from '@engram/contracts/service';
import type { ExperimentSpec, RunRecord } from '@engram/contracts';
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  customType,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const key = (name: string) => bigint(name, { mode: 'number' });

export const projects = pgTable('projects', {
  id: text('id').primaryKey(),
  createdAt: moment('created_at').notNull().defaultNow(),
  retentionDays: integer('retention_days'),
});

export const tokens = pgTable(
  'tokens',
  {
    id: text('id').primaryKey(),
    project: text('project')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    label: text('label').notNull(),
    kind: text('kind').$type<'token' | 'session'>().notNull(),
    /** SHA-256 of the secret; the secret itself is stored nowhere. */
    hash: text('hash').notNull(),
    scopes: text('scopes').array().$type<Scope[]>().notNull(),
    limits: jsonb('limits').$type<TokenLimits>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
    lastUsedAt: moment('last_used_at'),
    /** Runs waiting, kept up to date with every change of status, so that no submission has to count. */
    queued: integer('queued').notNull().default(0),
    computeDay: text('compute_day'),
    computeSeconds: doublePrecision('compute_seconds').notNull().default(0),
  },
  (t) => [uniqueIndex('tokens_hash').on(t.hash), index('tokens_project').on(t.project)],
);

export const runs = pgTable(
  'runs',
  {
    key: bigserial('key', { mode: 'number' }).primaryKey(),
    id: text('id').notNull(),
    project: text('project')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    token: text('token').notNull(),
    kind: text('kind').$type<'run' | 'sweep'>().notNull(),
    parent: key('parent'),
    name: text('name'),
    tags: text('tags').array().notNull(),
    status: text('status').$type<RunStatus>().notNull(),
    /** What was asked for and the worker has not done yet. */
    wanted: text('wanted').$type<'pause' | 'cancel'>(),
    priority: smallint('priority').notNull(),
    scenario: text('scenario').$type<ExperimentSpec['scenario']>().notNull(),
    strategy: text('strategy').notNull(),
    spec: jsonb('spec').$type<ExperimentSpec>().notNull(),
    specHash: text('spec_hash').notNull(),
    seed: bigint('seed', { mode: 'number' }),
    /** SHA-256 of what was submitted: the same id with another body is a conflict. */
    bodyHash: text('body_hash').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    startedAt: moment('started_at'),
    endedAt: moment('ended_at'),
    expiresAt: moment('expires_at'),
    job: uuid('job'),
    /** Grows with every worker that takes the run up; writes with an older number change nothing. */
    fence: integer('fence').notNull().default(0),
    worker: text('worker'),
    leaseUntil: moment('lease_until'),
    /** Attempts since the last checkpoint. */
    failures: integer('failures').notNull().default(0),
    lastSeq: integer('last_seq').notNull().default(0),
    /** How far the events reach, see worker/position.ts. */
    position: bigint('position', { mode: 'number' }).notNull().default(0),
    progress: jsonb('progress').$type<{ task: number; iteration: number; loss: number | null }>(),
    record: jsonb('record').$type<RunRecord>(),
    error: text('error'),
    /** Runs of a sweep that are not over. */
    openChildren: integer('open_children').notNull().default(0),
  },
  (t) => [
    uniqueIndex('runs_project_id').on(t.project, t.id),
    index('runs_newest')
      .on(t.project, t.key)
      .where(sql`${t.parent} is null`),
    index('runs_children').on(t.parent, t.status),
    index('runs_waiting')
      .on(t.priority, t.key)
      .where(sql`${t.status} = 'queued' and ${t.kind} = 'run'`),
    index('runs_leased')
      .on(t.leaseUntil)
      .where(sql`${t.leaseUntil} is not null`),
    index('runs_expiring')
      .on(t.expiresAt)
      .where(sql`${t.expiresAt} is not null and ${t.status} = 'queued'`),
    index('runs_ended')
      .on(t.project, t.endedAt)
      .where(sql`${t.endedAt} is not null`),
    foreignKey({ columns: [t.parent], foreignColumns: [t.key], name: 'runs_parent' }).onDelete('cascade'),
  ],
);

export const events = pgTable(
  'events',
  {
    run: key('run')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    at: moment('at').notNull().defaultNow(),
    body: jsonb('body').$type<RunEventBody>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.run, t.seq] })],
);

/** Content by its SHA-256; rows that nothing refers to are removed after a while. */
export const blobs = pgTable('blobs', {
  sha256: text('sha256').primaryKey(),
  /** null where the content lies in an object store. */
  bytes: bytea('bytes'),
  createdAt: moment('created_at').notNull().defaultNow(),
});

export const artifacts = pgTable(
  'artifacts',
  {
    run: key('run')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    sha256: text('sha256').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    contentType: text('content_type').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.run, t.name] }), index('artifacts_sha256').on(t.sha256)],
);

/** Data of one's own, decoded, in parts; a specification names it as `dataset:<id>`. */
export const datasets = pgTable(
  'datasets',
  {
    id: text('id').notNull(),
    project: text('project')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Content of each part by its name. */
    files: jsonb('files').$type<readonly { path: string; sha256: string; bytes: number }[]>().notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    hash: text('hash').notNull(),
    classNames: jsonb('class_names').$type<readonly string[]>().notNull(),
    shape: integer('shape').array().notNull(),
    trainExamples: integer('train_examples').notNull(),
    testExamples: integer('test_examples').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.project, t.id] })],
);

export const webhooks = pgTable(
  'webhooks',
  {
    id: text('id').primaryKey(),
    project: text('project')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
    /** Signs messages, so it cannot be kept as a hash. */
    secret: text('secret').notNull(),
    events: text('events').array().$type<WebhookEvent[]>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [index('webhooks_project').on(t.project, t.id)],
);

/** Messages to webhooks, written with the change that they tell of: outbox and log in one. */
export const deliveries = pgTable(
  'deliveries',
  {
    key: bigserial('key', { mode: 'number' }).primaryKey(),
    id: text('id').notNull().unique('deliveries_id'),
    webhook: text('webhook')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    run: text('run').notNull(),
    event: text('event').$type<WebhookEvent>().notNull(),
    body: text('body').notNull(),
    status: text('status').$type<'waiting' | 'delivered' | 'failed'>().notNull().default('waiting'),
    /** Whether the queue knows of it. */
    queued: boolean('queued').notNull().default(false),
    attempts: integer('attempts').notNull().default(0),
    answer: integer('answer'),
    error: text('error'),
    createdAt: moment('created_at').notNull().defaultNow(),
    attemptedAt: moment('attempted_at'),
  },
  (t) => [
    index('deliveries_webhook').on(t.webhook, t.key),
    index('deliveries_unqueued')
      .on(t.key)
      .where(sql`not ${t.queued}`),
    index('deliveries_age').on(t.createdAt),
  ],
);

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    project: text('project')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    run: key('run')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.project, t.key] }), index('idempotency_age').on(t.createdAt)],
);

export const workers = pgTable('workers', {
  id: text('id').primaryKey(),
  host: text('host').notNull(),
  slots: integer('slots').notNull(),
  startedAt: moment('started_at').notNull().defaultNow(),
  seenAt: moment('seen_at').notNull().defaultNow(),
});

/** Append-only; without references, so that it outlives what it tells of. */
export const audit = pgTable(
  'audit',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    at: moment('at').notNull().defaultNow(),
    project: text('project'),
    token: text('token'),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    before: jsonb('before'),
    after: jsonb('after'),
    requestId: text('request_id'),
  },
  (t) => [index('audit_project').on(t.project, t.seq)],
);
