import type { ExperimentSpec } from '@engram/contracts';
import type { Job } from '@engram/scene-kit/plain';
import { specRequestOf } from '@engram/scene-kit/plain';

/** Specifications and seeds as JSON; each specification is what `engram run --config` and the service take. */
export function specJson(jobs: readonly Job[], specs: readonly ExperimentSpec[]): string {
  const entries = Map.groupBy(
    jobs.map((job, i) => ({ seed: job.seed, spec: specs[i] })),
    ({ spec }) => JSON.stringify(spec),
  );
  return JSON.stringify(
    [...entries.values()].map((group) => ({ spec: group[0]?.spec, seeds: group.map(({ seed }) => seed) })),
    null,
    2,
  );
}

/** The same experiment as a program on Engram's libraries. */
export function typescriptOf(jobs: readonly Job[]): string {
  const byNetwork = Map.groupBy(jobs, ({ request }) => request.strategy);
  const seeds = [...new Set(jobs.map(({ seed }) => seed))];
  const requests = [...byNetwork.values()].flatMap(([job]) => (job === undefined ? [] : [specRequestOf(job)]));
  const written = JSON.stringify(requests, null, 2)
    .replaceAll(/"(\w+)":/g, '$1:')
    .replaceAll('"', "'");
  return `import { buildSpec, runExperiment } from '@engram/experiment';
import { nodeEnvironment } from '@engram/experiment/node';

// the engine of the page: the same seeds reach the same weights
const environment = await nodeEnvironment({ engine: 'wasm', version: 'mine', offline: true, say: console.error });
const requests = ${written};
for (const request of requests) {
  const { spec } = buildSpec(request);
  for (const seed of ${JSON.stringify(seeds)}) {
    for await (const event of runExperiment(spec, { seed, environment })) {
      if (event.type === 'finished') console.log(request.strategy, seed, event.record.summary.averageAccuracy);
    }
  }
}
`;
}
