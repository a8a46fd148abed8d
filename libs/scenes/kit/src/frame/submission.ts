import { specRequestOf } from '../run/job.ts';
import type { Job } from '../run/job.ts';

/** The request that has the training service run a job, as curl sends it; address and token come from the environment. */
export function submissionOf(job: Job): string {
  const body = JSON.stringify({ request: specRequestOf(job), seeds: [job.seed], engine: 'wasm' });
  return [
    'curl "$ENGRAM_SERVICE/v1/runs"',
    '-H "Authorization: Bearer $ENGRAM_TOKEN"',
    "-H 'Content-Type: application/json'",
    `-d '${body.replaceAll("'", "'\\''")}'`,
  ].join(' ');
}
