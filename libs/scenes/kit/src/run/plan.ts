import type { ExperimentSpec } from '@engram/contracts';
import type { WorkerLike } from './client.ts';
import type { Job } from './job.ts';
import type { RunFailure } from './protocol.ts';

/** Why jobs could not be planned; `failure` says it in a form that a frame shows in the reader's language. */
export class PlanError extends Error {
  readonly failure: RunFailure;
  constructor(failure: RunFailure) {
    super(failure.detail);
    this.name = 'PlanError';
    this.failure = failure;
  }
}

/** The whole specifications of jobs, from a worker of its own that ends at once; nothing is trained. Rejects with PlanError. */
export function planJobs(createWorker: () => WorkerLike, jobs: readonly Job[]): Promise<readonly ExperimentSpec[]> {
  const worker = createWorker();
  return new Promise<readonly ExperimentSpec[]>((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.type === 'planned') resolve(data.specs);
      if (data.type === 'failed') reject(new PlanError(data.failure));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new PlanError({ kind: 'load', detail: event.message || 'the training program could not be loaded' }));
    };
    worker.postMessage({ type: 'plan', jobs });
  }).finally(() => worker.terminate());
}
