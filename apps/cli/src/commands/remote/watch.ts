import type { ExperimentEvent } from '@engram/contracts';
import type { RunEvent, RunStatus } from '@engram/contracts/service';
import { exitCodes } from '../../exit.ts';
import type { ExitCode } from '../../exit.ts';
import { asking, connect } from '../../remote/connection.ts';
import type { Connection } from '../../remote/connection.ts';
import { follow } from '../../remote/follow.ts';
import { createProgress } from '../../terminal/progress.ts';
import { styleFor } from '../../terminal/style.ts';
import { percent } from '../../terminal/table.ts';

export interface WatchOptions {
  readonly since?: number;
  readonly jsonl?: boolean;
  readonly quiet?: boolean;
}

export const watch = async (
  id: string,
  { url, ...options }: WatchOptions & { readonly url?: string },
): Promise<ExitCode> => watchRun(await connect(url), id, options);

/** Follows a run to its end. Ctrl-C stops watching, not the run. */
export async function watchRun(remote: Connection, id: string, options: WatchOptions): Promise<ExitCode> {
  const { jsonl = false, quiet = false, since } = options;
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort());
  const progress = createProgress(id, { stream: process.stderr, style: styleFor(process.stderr), quiet });
  const say = (line: string): void => {
    progress.clear();
    if (!quiet) console.error(line);
  };
  let status: RunStatus | undefined;
  const events = follow(remote, id, { say, signal: stopped.signal, ...(since === undefined ? {} : { since }) });
  for await (const event of events) {
    if (jsonl) console.log(JSON.stringify(event));
    const body = event.event;
    if (body.type === 'status') status = body.status;
    if (isExperimentEvent(body)) progress.show(body);
    const line = lineOf(body);
    if (line !== undefined) say(line);
  }
  progress.clear();
  if (stopped.signal.aborted) {
    say(`stopped watching; the run goes on. Watch again with: engram remote watch ${id}`);
    return exitCodes.interrupted;
  }
  // with --since the last change may have been before it
  const end = status ?? (await asking(remote, () => remote.api.runs.show.query({ id }))).status;
  return end === 'succeeded' ? exitCodes.ok : exitCodes.failed;
}

const isExperimentEvent = (body: RunEvent['event']): body is ExperimentEvent =>
  body.type !== 'status' && body.type !== 'child';

/** What is worth a line of its own. */
function lineOf(body: RunEvent['event']): string | undefined {
  switch (body.type) {
    case 'status':
      return `${body.status}${body.reason === null ? '' : `: ${body.reason}`}`;
    case 'child':
      return `${body.run} (seed ${body.seed}) ${body.status}`;
    case 'evaluated':
      return `after ${body.tasksLearned} tasks: ${body.accuracies.map((accuracy) => percent(accuracy)).join(' ')} %`;
    default:
      return undefined;
  }
}
