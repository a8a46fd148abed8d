import type { ExperimentEvent, ExperimentSpec, RunRecord } from '@engram/contracts';
import type { TrainedModel } from '@engram/experiment';
import type { Job } from './job.ts';
import type { FromWorker, RunFailure } from './protocol.ts';

export type Phase = 'idle' | 'loading' | 'running' | 'paused' | 'done' | 'error';

/** One job as far as it has got. */
export interface RunView {
  readonly job: Job;
  /** The whole specification, once the run has started. */
  readonly spec: ExperimentSpec | null;
  readonly taskNames: readonly string[];
  /** R[i][j], row 0 before any training; grows by a row per task. */
  readonly matrix: readonly (readonly number[])[];
  /** The task being trained, from 0; null before the first and after the last. */
  readonly task: number | null;
  readonly loss: number | null;
  readonly stepsDone: number;
  readonly stepsTotal: number;
  /** What probes saw, by name, one entry for each look. */
  readonly seen: Readonly<Record<string, readonly { readonly tasksLearned: number; readonly value: unknown }[]>>;
  /** Once it has ended. */
  readonly record: RunRecord | null;
  /** The trained networks, if the job keeps them. */
  readonly model: TrainedModel | null;
}

export interface RunState {
  readonly phase: Phase;
  readonly runs: readonly RunView[];
  readonly failure: RunFailure | null;
}

export type RunAction =
  | { readonly type: 'start'; readonly jobs: readonly Job[] }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'reset' }
  | { readonly type: 'message'; readonly message: FromWorker };

export const idle: RunState = { phase: 'idle', runs: [], failure: null };

/** How a page's view of its runs changes; the one place where it does. */
export function runReducer(state: RunState, action: RunAction): RunState {
  switch (action.type) {
    case 'start':
      return { phase: 'loading', runs: action.jobs.map(untouched), failure: null };
    case 'pause':
      return state.phase === 'running' || state.phase === 'loading' ? { ...state, phase: 'paused' } : state;
    case 'resume':
      return state.phase === 'paused' ? { ...state, phase: 'running' } : state;
    case 'reset':
      return idle;
    case 'message':
      return receive(state, action.message);
  }
}

function receive(state: RunState, message: FromWorker): RunState {
  switch (message.type) {
    case 'ready':
    case 'alive':
    case 'planned':
      return state;
    case 'model':
      return {
        ...state,
        runs: state.runs.map((run) => (run.job.id === message.job ? { ...run, model: message.model } : run)),
      };
    case 'event': {
      const runs = state.runs.map((run) => (run.job.id === message.job ? advance(run, message.event) : run));
      const phase = state.phase === 'loading' ? 'running' : state.phase;
      if (message.event.type !== 'diverged') return { ...state, phase, runs };
      const detail = message.event.record.failure?.message ?? 'the loss is no number';
      return { phase: 'error', runs, failure: { kind: 'diverged', detail } };
    }
    case 'seen':
      return {
        ...state,
        runs: state.runs.map((run) => {
          if (run.job.id !== message.job) return run;
          const { probe, tasksLearned, value } = message;
          return { ...run, seen: { ...run.seen, [probe]: [...(run.seen[probe] ?? []), { tasksLearned, value }] } };
        }),
      };
    case 'ended':
      return state.phase === 'error' ? state : { ...state, phase: 'done' };
    case 'failed':
      return { ...state, phase: 'error', failure: message.failure };
  }
}

const untouched = (job: Job): RunView => ({
  job,
  spec: null,
  taskNames: [],
  matrix: [],
  task: null,
  loss: null,
  stepsDone: 0,
  stepsTotal: 0,
  seen: {},
  record: null,
  model: null,
});

function advance(run: RunView, event: ExperimentEvent): RunView {
  switch (event.type) {
    case 'run-started':
      return { ...run, spec: event.spec, taskNames: event.taskNames, stepsTotal: event.totalIterations };
    case 'task-started':
      return { ...run, task: event.task };
    case 'step': {
      const perTask = run.stepsTotal / Math.max(1, run.taskNames.length);
      return { ...run, loss: event.loss, stepsDone: event.task * perTask + event.iteration };
    }
    case 'evaluated': {
      const perTask = run.stepsTotal / Math.max(1, run.taskNames.length);
      return { ...run, matrix: [...run.matrix, event.accuracies], stepsDone: event.tasksLearned * perTask };
    }
    case 'finished':
    case 'interrupted':
    case 'diverged':
      return { ...run, task: null, record: event.record, matrix: event.record.matrix };
    case 'consolidated':
    case 'checkpoint':
      return run;
  }
}

/** Progress over all jobs as a fraction, or null before anything is known. */
export function progressOf({ runs }: RunState): number | null {
  const known = runs.find(({ stepsTotal }) => stepsTotal > 0);
  if (known === undefined) return null;
  const total = runs.reduce((sum, { stepsTotal }) => sum + (stepsTotal || known.stepsTotal), 0);
  return runs.reduce((sum, { stepsDone }) => sum + stepsDone, 0) / total;
}
