import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import { useHost } from '../host.ts';
import { createTrainingClient } from './client.ts';
import type { TrainingClient } from './client.ts';
import type { Job } from './job.ts';
import { idle, progressOf, runReducer } from './run-state.ts';
import type { RunState, RunView } from './run-state.ts';

/** What a frame needs to show and steer whatever a scene computes. */
export interface Activity {
  readonly phase: RunState['phase'];
  readonly failure: RunState['failure'];
  /** A fraction, or null while it is not known. */
  readonly progress: number | null;
  pause(): void;
  resume(): void;
  /** Ends early; what was computed so far stays. */
  stop(): void;
  /** Back to the figure that was there before. */
  reset(): void;
}

export interface Run extends Activity {
  readonly runs: readonly RunView[];
  /** The run of a job by the job's id. */
  of(id: string): RunView | undefined;
  /** Trains one job after the other, in the page's worker. */
  start(jobs: readonly Job[]): void;
}

/**
 * Training in the page's worker. A hidden tab pauses and goes on when it is seen again; leaving the page ends the worker.
 */
export function useRun(): Run {
  const { createWorker } = useHost();
  const [state, dispatch] = useReducer(runReducer, idle);
  const client = useRef<TrainingClient | null>(null);
  const phase = useRef(state.phase);
  phase.current = state.phase;

  const connected = useCallback((): TrainingClient => {
    client.current ??= createTrainingClient({
      createWorker,
      onMessage: (message) => dispatch({ type: 'message', message }),
    });
    return client.current;
  }, [createWorker]);

  useEffect(
    () => () => {
      client.current?.dispose();
      client.current = null;
    },
    [],
  );

  const steer = useMemo(
    () => ({
      start: (jobs: readonly Job[]) => {
        dispatch({ type: 'start', jobs });
        connected().start(jobs);
      },
      pause: () => {
        dispatch({ type: 'pause' });
        client.current?.pause();
      },
      resume: () => {
        dispatch({ type: 'resume' });
        client.current?.resume();
      },
      stop: () => client.current?.stop(),
      reset: () => {
        client.current?.stop();
        dispatch({ type: 'reset' });
      },
    }),
    [connected],
  );

  usePauseWhileHidden(phase, steer);

  return {
    ...state,
    ...steer,
    progress: progressOf(state),
    of: (id) => state.runs.find(({ job }) => job.id === id),
  };
}

interface Steering {
  pause(): void;
  resume(): void;
}

/** Pauses what runs while the tab is hidden, and lets it go on only if this paused it. */
export function usePauseWhileHidden(phase: { readonly current: RunState['phase'] }, { pause, resume }: Steering): void {
  useEffect(() => {
    let pausedHere = false;
    const look = (): void => {
      if (document.hidden && (phase.current === 'running' || phase.current === 'loading')) {
        pausedHere = true;
        pause();
      } else if (!document.hidden && pausedHere) {
        pausedHere = false;
        resume();
      }
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [phase, pause, resume]);
}
