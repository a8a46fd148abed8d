import { z } from 'zod';
import { ExperimentSpec, Scenario } from '../experiment.ts';
import { RunRecord, RunSummary, Seed } from '../run-record.ts';
import { Cursor, Id, page, pageLimit, Sha256, Timestamp } from './common.ts';
import { RunStatus } from './run-status.ts';

export const Priority = z.enum(['low', 'normal', 'high']).meta({ id: 'Priority' });
export type Priority = z.infer<typeof Priority>;

const Tag = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._:/-]{0,39}$/u, 'up to 40 letters, digits, spaces and . _ : / -');
const Tags = z.array(Tag).max(20);
/** Dots are kept for the runs of a sweep. */
const ChosenId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,57}$/, '1 to 58 letters, digits, dashes or underscores, a letter or digit first');
const Name = z.string().trim().min(1).max(120);

/** Values by path (`training.iterations`, `strategies.ewc.lambda`) that replace those of a specification. */
const Settings = z.record(z.string().min(1).max(200), z.json());

const seeds = z.array(Seed).min(1).max(1000).describe('several seeds become one sweep with a run for each');

const submission = {
  id: ChosenId.optional().describe('default: issued by the service'),
  name: Name.optional(),
  tags: Tags.default([]),
  priority: Priority.default('normal'),
  expiresInSeconds: z.int().min(1).max(31_536_000).optional().describe('give up if no worker has begun by then'),
};

export const CreateRun = z.strictObject({
  ...submission,
  spec: ExperimentSpec,
  seeds: seeds.default([0]),
  dryRun: z.boolean().default(false).describe('check and estimate only'),
});

export const CreateSweep = z.strictObject({
  ...submission,
  spec: ExperimentSpec.describe('what all runs share'),
  grid: z
    .record(z.string().min(1).max(200), z.array(z.json()).min(1).max(100))
    .default({})
    .describe('values by path; every combination is run'),
  seeds: seeds.default([0]),
  dryRun: z.boolean().default(false).describe('check and estimate only'),
});

export const CloneRun = z.strictObject({
  ...submission,
  from: Id,
  set: Settings.default({}).describe('what differs from the original'),
  seeds: seeds.optional().describe('default: the seed of the original'),
});

export const Estimate = z
  .object({
    runs: z.int(),
    multiplyAdds: z.number().describe('of training and evaluation, all runs together'),
    seconds: z
      .number()
      .nullable()
      .describe('on one worker at the speed of recent runs; null before any run has finished'),
    basis: z.string(),
  })
  .meta({ id: 'Estimate' });

const Progress = z.object({
  task: z.int(),
  iteration: z.int(),
  totalIterations: z.int(),
  loss: z.number().nullable(),
});

export const RunView = z
  .object({
    id: Id,
    kind: z.enum(['run', 'sweep']),
    parent: Id.nullable(),
    name: z.string().nullable(),
    tags: z.array(z.string()),
    status: RunStatus,
    stopping: z.enum(['pause', 'cancel']).nullable().describe('asked for, not yet done'),
    priority: Priority,
    scenario: Scenario,
    strategy: z.string().describe('names joined by +, or none'),
    seed: z.int().nullable().describe('null for a sweep'),
    specHash: Sha256,
    createdAt: Timestamp,
    startedAt: Timestamp.nullable(),
    endedAt: Timestamp.nullable(),
    attempts: z.int().describe('how often a worker took it up'),
    progress: Progress.nullable(),
    summary: RunSummary.nullable(),
    weightsHash: Sha256.nullable(),
    error: z.string().nullable(),
    lastEvent: z.int().describe('number of the latest event'),
  })
  .meta({ id: 'Run' });

export const RunDetail = RunView.extend({
  spec: ExperimentSpec,
  record: RunRecord.nullable(),
  queuePosition: z.int().nullable().describe('1: next; counted up to 1,000; null when not queued'),
  children: z
    .partialRecord(RunStatus, z.int())
    .nullable()
    .describe('how many runs of a sweep are in each status; null for a single run'),
}).meta({ id: 'RunDetail' });

export const Created = z.object({
  run: RunView.nullable().describe('null for a dry run'),
  created: z.boolean().describe('false: this was submitted before'),
  specHash: Sha256,
  estimate: Estimate,
  warnings: z.array(z.string()),
});

export const ListRuns = z.strictObject({
  cursor: Cursor.optional(),
  limit: pageLimit,
  order: z.enum(['newest', 'oldest']).default('newest'),
  status: z.array(RunStatus).max(8).optional(),
  kind: z.enum(['run', 'sweep']).optional(),
  parent: Id.optional().describe('runs of this sweep; without it, runs that belong to none and sweeps'),
  tag: Tag.optional(),
  scenario: Scenario.optional(),
  strategy: z.string().max(200).optional(),
  specHash: Sha256.optional(),
});

export const RunPage = page(RunView);
export const OneRun = z.strictObject({ id: Id });

export type CreateRun = z.infer<typeof CreateRun>;
export type CreateSweep = z.infer<typeof CreateSweep>;
export type CloneRun = z.infer<typeof CloneRun>;
export type Created = z.infer<typeof Created>;
export type Estimate = z.infer<typeof Estimate>;
export type ListRuns = z.infer<typeof ListRuns>;
export type RunDetail = z.infer<typeof RunDetail>;
export type RunPage = z.infer<typeof RunPage>;
export type RunView = z.infer<typeof RunView>;
