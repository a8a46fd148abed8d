import type { ExperimentSpec } from '@engram/contracts';

/** What the training service is asked for: `POST /v1/runs`. */
export const submissionOf = (spec: ExperimentSpec, seed: number): string => JSON.stringify({ spec, seeds: [seed] });

/** The same as curl sends it; address and token come from the environment. */
export const curlOf = (submission: string): string =>
  [
    'curl "$ENGRAM_SERVICE/v1/runs"',
    '-H "Authorization: Bearer $ENGRAM_TOKEN"',
    "-H 'Content-Type: application/json'",
    `-d '${submission.replaceAll("'", "'\\''")}'`,
  ].join(' ');
