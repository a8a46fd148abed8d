import type { ExperimentSpec } from '@engram/contracts';
import type { Created, RunEvent, RunStatus } from '@engram/contracts/service';
import { submissionOf } from '@engram/scene-kit';

/** The training service refused or did not answer; the message says why, in its own words. */
export class ServiceRefusal extends Error {
  override readonly name = 'ServiceRefusal';
}

/** Calls the service that serves this page. Rejects with ServiceRefusal. */
async function call(path: string, body?: string): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body }),
  }).catch((error: unknown) => {
    throw new ServiceRefusal(error instanceof Error ? error.message : String(error));
  });
  // a static host answers with a page, a service with JSON, also where it refuses
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  throw new ServiceRefusal(explained(answer) ?? `${path} answered with ${response.status}`);
}

/** What a refusal says, if it comes from the service. */
function explained(answer: unknown): string | undefined {
  if (answer === null || typeof answer !== 'object' || !('message' in answer)) return undefined;
  const hint = 'hint' in answer && typeof answer.hint === 'string' ? ` ${answer.hint}` : '';
  return `${String(answer.message)}${hint}`;
}

/** Submits one run; gives the id under which the service keeps it. */
export async function submit(spec: ExperimentSpec, seed: number): Promise<string> {
  // the service checks its answers against the schema that this type comes from
  const { run } = (await call('/v1/runs', submissionOf(spec, seed))) as Created;
  if (run === null) throw new ServiceRefusal('the service made no run of this');
  return run.id;
}

export const steerRun = (id: string, how: 'pause' | 'resume' | 'cancel'): Promise<unknown> =>
  call(`/v1/runs/${id}/${how}`, '{}');

/** Where the service keeps the trained network of a run. */
export const modelAddress = (id: string): string => `/v1/runs/${id}/artifacts/model.safetensors`;

export const isOver = (status: RunStatus): boolean =>
  status === 'succeeded' || status === 'failed' || status === 'canceled' || status === 'expired';

/**
 * Everything that happens to some runs, from the first event on, over one stream; after a lost connection it goes on where
 * it was. Gives a way to end it.
 */
export function follow(
  ids: readonly string[],
  onEvent: (event: RunEvent) => void,
  onLost: (detail: string) => void,
): () => void {
  const stream = new EventSource(`/trpc/runs.follow?input=${encodeURIComponent(JSON.stringify({ ids }))}`);
  // the service checks its events against the schema that this type comes from
  stream.onmessage = ({ data }: MessageEvent<string>) => onEvent(JSON.parse(data) as RunEvent);
  stream.addEventListener('serialized-error', ({ data }: MessageEvent<string>) => {
    stream.close();
    onLost(data);
  });
  stream.addEventListener('return', () => stream.close());
  stream.onerror = () => {
    if (stream.readyState === EventSource.CLOSED) onLost('the stream of events was closed');
  };
  return () => stream.close();
}
