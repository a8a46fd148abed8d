import type { ListRuns, RunDetail, RunView } from '@engram/contracts/service';
import { exitCodes } from '../../exit.ts';
import type { ExitCode } from '../../exit.ts';
import { asking, connect } from '../../remote/connection.ts';
import type { Connection } from '../../remote/connection.ts';
import { matrixLines } from '../../terminal/matrix.ts';
import { styleFor } from '../../terminal/style.ts';
import { percent, table } from '../../terminal/table.ts';

interface RemoteOptions {
  readonly url?: string;
  readonly json?: boolean;
}

export type ListOptions = RemoteOptions &
  Pick<ListRuns, 'status' | 'tag' | 'scenario' | 'strategy' | 'parent'> & {
    readonly limit: number;
    readonly all?: boolean;
  };

const pageSize = 100;

/** Runs up to a limit, page by page, since one page holds at most a hundred. */
export async function runsUpTo(
  { api }: Connection,
  filters: Omit<ListRuns, 'limit' | 'cursor' | 'order'>,
  most: number,
): Promise<RunView[]> {
  const runs: RunView[] = [];
  let cursor: string | undefined;
  while (runs.length < most) {
    const limit = Math.min(pageSize, most - runs.length);
    const page = await api.runs.list.query({ ...filters, limit, ...(cursor === undefined ? {} : { cursor }) });
    runs.push(...page.items);
    if (page.next === null) break;
    cursor = page.next;
  }
  return runs;
}

export async function list({ url, json, limit, all, ...filters }: ListOptions): Promise<ExitCode> {
  const remote = await connect(url);
  const runs = await asking(remote, () => runsUpTo(remote, filters, all ? Infinity : limit));
  if (json) console.log(JSON.stringify({ items: runs }, null, 2));
  else if (runs.length === 0) console.error('no runs');
  else {
    console.log(
      table([
        ['id', 'status', 'strategy', 'scenario', 'seed', 'progress', 'accuracy'],
        ...runs.map((run) => [
          run.id,
          statusOf(run),
          run.strategy,
          run.scenario,
          run.seed === null ? 'sweep' : String(run.seed),
          progressOf(run),
          percent(run.summary?.averageAccuracy),
        ]),
      ]),
    );
  }
  return exitCodes.ok;
}

export async function show(id: string, { url, json }: RemoteOptions): Promise<ExitCode> {
  const remote = await connect(url);
  const run = await asking(remote, () => remote.api.runs.show.query({ id }));
  console.log(json ? JSON.stringify(run, null, 2) : detailOf(run));
  return exitCodes.ok;
}

/** Cancels, pauses or resumes; each run is told on a line, or all in one JSON document. */
export async function control(
  what: 'cancel' | 'pause' | 'resume',
  ids: readonly string[],
  { url, json }: RemoteOptions,
): Promise<ExitCode> {
  const remote = await connect(url);
  const runs: RunView[] = [];
  for (const id of ids) {
    const run = await asking(remote, () => remote.api.runs[what].mutate({ id }));
    if (!json) console.log(`${run.id} ${statusOf(run)}`);
    runs.push(run);
  }
  if (json) console.log(JSON.stringify({ items: runs }, null, 2));
  return exitCodes.ok;
}

const statusOf = ({ status, stopping }: RunView): string =>
  stopping === null ? status : `${status}, ${stopping} asked`;

const progressOf = ({ progress, status }: RunView): string =>
  progress === null || status === 'succeeded' ? '' : `task ${progress.task + 1}, step ${progress.iteration}`;

function detailOf(run: RunDetail): string {
  const { record, children, queuePosition } = run;
  const lines: (readonly [string, string])[] = [
    ['run', run.id],
    ['name', run.name ?? ''],
    ['status', statusOf(run)],
    ['place in the queue', queuePosition === null ? '' : String(queuePosition)],
    ['what', `${run.strategy}, ${run.scenario} scenario, ${run.seed === null ? 'sweep' : `seed ${run.seed}`}`],
    [
      'runs',
      Object.entries(children ?? {})
        .map(([status, count]) => `${count} ${status}`)
        .join(', '),
    ],
    ['progress', progressOf(run)],
    ['submitted', run.createdAt],
    ['started', run.startedAt ?? ''],
    ['ended', run.endedAt ?? ''],
    ['average accuracy', run.summary === null ? '' : `${percent(run.summary.averageAccuracy)} %`],
    ['forgetting', run.summary === null ? '' : `${percent(run.summary.forgetting)} %`],
    ['weights', run.weightsHash ?? ''],
    ['error', run.error ?? ''],
  ];
  const text = lines.flatMap(([name, value]) => (value === '' ? [] : [`${name.padEnd(20)}${value}`])).join('\n');
  if (record === null || record.matrix.length < 2 || (record.matrix[0]?.length ?? 0) > 16) return text;
  return `${text}\n\nAccuracy in % on each task (columns) after each one learned (rows):\n${matrixLines(record.matrix, styleFor(process.stdout)).join('\n')}`;
}
