import { z } from 'zod';

export const RunStatus = z
  .enum(['queued', 'starting', 'running', 'paused', 'succeeded', 'failed', 'canceled', 'expired'])
  .meta({ id: 'RunStatus' });

export type RunStatus = z.infer<typeof RunStatus>;

/** Where each status may lead. A lost worker and a drain send a run back to the queue. */
const transitions: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ['starting', 'paused', 'canceled', 'expired', 'failed'],
  starting: ['running', 'queued', 'paused', 'canceled', 'failed'],
  running: ['succeeded', 'failed', 'paused', 'canceled', 'queued'],
  paused: ['queued', 'canceled'],
  failed: ['queued'],
  canceled: ['queued'],
  expired: ['queued'],
  succeeded: [],
};

export const mayBecome = (from: RunStatus, to: RunStatus): boolean => transitions[from].includes(to);

/** Statuses from which `to` can be reached in one step. */
export const sourcesOf = (to: RunStatus): readonly RunStatus[] =>
  RunStatus.options.filter((from) => mayBecome(from, to));

/** Nothing happens any more unless somebody resumes it. */
export const isOver = (status: RunStatus): boolean => ['succeeded', 'failed', 'canceled', 'expired'].includes(status);
