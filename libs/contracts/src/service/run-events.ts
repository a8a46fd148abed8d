import { z } from 'zod';
import { ExperimentEvent } from '../events.ts';
import { Id, Timestamp } from './common.ts';
import { RunStatus } from './run-status.ts';

const StatusEvent = z.object({
  type: z.literal('status'),
  status: RunStatus,
  reason: z.string().nullable().describe('why, where that is not evident'),
});

/** In the log of a sweep: what became of one of its runs. */
const ChildEvent = z.object({ type: z.literal('child'), run: Id, seed: z.int(), status: RunStatus });

export const RunEventBody = z.discriminatedUnion('type', [StatusEvent, ChildEvent, ...ExperimentEvent.options]);

/** One entry of a run's append-only log. */
export const RunEvent = z
  .object({
    run: Id,
    seq: z.int().positive().describe('1, 2, 3 … within the run, without gaps, issued by the database'),
    at: Timestamp,
    event: RunEventBody,
  })
  .meta({ id: 'RunEvent' });

export type RunEventBody = z.infer<typeof RunEventBody>;
export type RunEvent = z.infer<typeof RunEvent>;

export const ReadEvents = z.strictObject({
  id: Id,
  since: z.int().nonnegative().default(0).describe('number of the last event already known'),
  limit: z.int().min(1).max(1000).default(500),
});

export const EventPage = z.object({
  items: z.array(RunEvent),
  last: z.int().nonnegative().describe('number of the run’s latest event'),
  over: z.boolean().describe('nothing will follow'),
});

export const FollowEvents = z.strictObject({
  ids: z.array(Id).min(1).max(64).describe('several runs share one stream'),
  lastEventId: z
    .string()
    .regex(/^\d{1,10}(\.\d{1,10})*$/)
    .nullish()
    .describe('number of the last event known of each run, joined by dots, in the order of ids'),
});
