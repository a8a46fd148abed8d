import type { RunStatus } from '@engram/contracts/service';
import { idle, PlanError, planJobs, progressOf, runReducer, useHost } from '@engram/scene-kit';
import type { Run, RunFailure } from '@engram/scene-kit';
import type { Job } from '@engram/scene-kit/plain';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { follow, isOver, steerRun, submit } from './service.ts';

/** A run as the service keeps it. */
export interface Submitted {
  /** Of the job that it came from. */
  readonly job: string;
  readonly id: string;
  readonly status: RunStatus;
}

/** What the frame of a scene sees of training on the service, the same as of training in the page. */
export interface ServiceRun extends Run {
  readonly submitted: readonly Submitted[];
}

const failureOf = (error: unknown): RunFailure =>
  error instanceof PlanError
    ? error.failure
    : { kind: 'service', detail: error instanceof Error ? error.message : String(error) };

/**
 * Training on the service that serves this page: jobs are planned here, submitted, and followed over one stream. Closing the
 * page ends nothing: the service trains on.
 */
export function useServiceRun(): ServiceRun {
  const { createWorker } = useHost();
  const [state, dispatch] = useReducer(runReducer, idle);
  const [submitted, setSubmitted] = useState<readonly Submitted[]>([]);
  const unfollow = useRef<(() => void) | null>(null);
  /** Rises with every start: what an earlier one still brings is dropped. */
  const turn = useRef(0);

  const end = useCallback(() => {
    turn.current += 1;
    unfollow.current?.();
    unfollow.current = null;
  }, []);
  useEffect(() => end, [end]);

  const fail = useCallback(
    (error: unknown) => {
      end();
      dispatch({ type: 'message', message: { type: 'failed', failure: failureOf(error) } });
    },
    [end],
  );

  const send = useCallback(
    async (jobs: readonly Job[]): Promise<void> => {
      const mine = turn.current;
      const specs = await planJobs(createWorker, jobs);
      const sent: Submitted[] = [];
      for (const [i, job] of jobs.entries()) {
        const spec = specs[i];
        if (spec === undefined || turn.current !== mine) return;
        sent.push({ job: job.id, id: await submit(spec, job.seed), status: 'queued' });
        setSubmitted([...sent]);
      }
      if (turn.current !== mine) return;
      const statuses = new Map<string, RunStatus>();
      const jobOf = new Map(sent.map(({ id, job }) => [id, job]));
      unfollow.current = follow(
        [...jobOf.keys()],
        ({ run, event }) => {
          const job = jobOf.get(run);
          if (job === undefined || event.type === 'child') return;
          if (event.type !== 'status') {
            dispatch({ type: 'message', message: { type: 'event', job, event } });
            return;
          }
          const { status, reason } = event;
          statuses.set(run, status);
          setSubmitted((old) => old.map((one) => (one.id === run ? { ...one, status } : one)));
          if (status === 'failed' || status === 'expired') fail(new Error(reason ?? status));
          else if (statuses.size === sent.length && [...statuses.values()].every(isOver)) {
            end();
            const how = status === 'canceled' ? 'stopped' : 'done';
            dispatch({ type: 'message', message: { type: 'ended', how } });
          }
        },
        (detail) => fail(new Error(detail)),
      );
    },
    [createWorker, end, fail],
  );

  const going = useMemo(() => submitted.filter(({ status }) => !isOver(status)).map(({ id }) => id), [submitted]);
  const steer = useMemo(() => {
    const all = (how: 'pause' | 'resume' | 'cancel'): void => {
      Promise.all(going.map((id) => steerRun(id, how))).catch(fail);
    };
    return {
      start: (jobs: readonly Job[]) => {
        end();
        setSubmitted([]);
        dispatch({ type: 'start', jobs });
        send(jobs).catch(fail);
      },
      pause: () => {
        dispatch({ type: 'pause' });
        all('pause');
      },
      resume: () => {
        dispatch({ type: 'resume' });
        all('resume');
      },
      stop: () => all('cancel'),
      reset: () => {
        end();
        setSubmitted([]);
        dispatch({ type: 'reset' });
      },
    };
  }, [end, fail, going, send]);

  return {
    ...state,
    ...steer,
    submitted,
    progress: progressOf(state),
    of: (id) => state.runs.find(({ job }) => job.id === id),
  };
}
