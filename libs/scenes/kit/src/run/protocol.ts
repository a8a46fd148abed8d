import type { ExperimentEvent, ExperimentSpec } from '@engram/contracts';
import type { TrainedModel } from '@engram/experiment';
import type { Job } from './job.ts';

/** What a page tells its training worker. */
export type ToWorker =
  | { readonly type: 'start'; readonly jobs: readonly Job[] }
  /** Says what the jobs come to, without training; answered by `planned` or `failed`. */
  | { readonly type: 'plan'; readonly jobs: readonly Job[] }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' };

/** What went wrong, so that a page can say it in the reader's language. */
export type FailureKind = 'load' | 'lost' | 'memory' | 'impossible' | 'diverged' | 'service' | 'unexpected';

export interface RunFailure {
  readonly kind: FailureKind;
  /** The words of whatever failed, in English; shown below the page's own sentence. */
  readonly detail: string;
}

/** What a training worker tells its page. */
export type FromWorker =
  | { readonly type: 'ready' }
  /** Sent every second while the thread is free: the worker lives. */
  | { readonly type: 'alive' }
  | { readonly type: 'event'; readonly job: string; readonly event: ExperimentEvent }
  /** What a probe saw after `tasksLearned` tasks. */
  | {
      readonly type: 'seen';
      readonly job: string;
      readonly probe: string;
      readonly tasksLearned: number;
      readonly value: unknown;
    }
  /** The networks of a job with `keepModel`, before it ends. */
  | { readonly type: 'model'; readonly job: string; readonly model: TrainedModel }
  /** The whole specification of each job, in their order. */
  | { readonly type: 'planned'; readonly specs: readonly ExperimentSpec[] }
  | { readonly type: 'ended'; readonly how: 'done' | 'stopped' }
  | { readonly type: 'failed'; readonly failure: RunFailure };
