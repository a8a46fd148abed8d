import type { Job } from './job.ts';
import type { FromWorker, RunFailure, ToWorker } from './protocol.ts';

/** What the client uses of a Web Worker, so that a test can put something else in its place. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface TrainingClientOptions {
  readonly createWorker: () => WorkerLike;
  readonly onMessage: (message: FromWorker) => void;
  /** How long the worker may be silent before it counts as lost. A busy one is silent for as long as a step takes. */
  readonly patienceMilliseconds?: number;
}

/** A page's end of the training worker. It makes the worker when it is first needed and notices when it is gone. */
export interface TrainingClient {
  start(jobs: readonly Job[]): void;
  pause(): void;
  resume(): void;
  stop(): void;
  /** Ends the worker; the client can be started again. */
  dispose(): void;
}

export function createTrainingClient({
  createWorker,
  onMessage,
  patienceMilliseconds = 30_000,
}: TrainingClientOptions): TrainingClient {
  let worker: WorkerLike | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const unwatch = (): void => {
    clearTimeout(silence);
    silence = undefined;
  };
  const dispose = (): void => {
    unwatch();
    worker?.terminate();
    worker = undefined;
  };
  const fail = (failure: RunFailure): void => {
    dispose();
    onMessage({ type: 'failed', failure });
  };
  const watch = (): void => {
    clearTimeout(silence);
    silence = setTimeout(
      () => fail({ kind: 'lost', detail: `no sign of life for ${patienceMilliseconds / 1000} s` }),
      patienceMilliseconds,
    );
  };
  const open = (): WorkerLike => {
    const made = createWorker();
    made.onmessage = ({ data }) => {
      if (data.type === 'ended' || data.type === 'failed') unwatch();
      else if (silence !== undefined) watch();
      if (data.type === 'failed') dispose();
      if (data.type !== 'alive') onMessage(data);
    };
    made.onerror = (event) => {
      event.preventDefault();
      fail({ kind: 'load', detail: event.message || 'the training program could not be loaded' });
    };
    return made;
  };

  return {
    start: (jobs) => {
      worker ??= open();
      watch();
      worker.postMessage({ type: 'start', jobs });
    },
    // a paused worker may sleep with its tab: its silence means nothing
    pause: () => {
      unwatch();
      worker?.postMessage({ type: 'pause' });
    },
    resume: () => {
      watch();
      worker?.postMessage({ type: 'resume' });
    },
    stop: () => worker?.postMessage({ type: 'stop' }),
    dispose,
  };
}
