import { ExperimentEvent } from '@engram/contracts';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exitCodes } from './exit.ts';
import type { ExitCode } from './exit.ts';
import { readRecord } from './run-folder.ts';
import { duration } from './terminal/progress.ts';

/** One run: a folder with its specification, and a seed. */
export interface Job {
  readonly folder: string;
  /** What progress calls it. */
  readonly label: string;
  readonly seed: number;
}

export interface JobOptions {
  readonly engine: string;
  /** Runs at the same time. */
  readonly jobs?: number | 'auto' | undefined;
  readonly quiet?: boolean | undefined;
  readonly offline?: boolean | undefined;
  readonly allowOtherEngine?: boolean | undefined;
}

/** Those that have no finished record yet. */
export async function unfinished<Each extends Job>(all: readonly Each[]): Promise<Each[]> {
  const open: Each[] = [];
  for (const job of all) if ((await readRecord(job.folder, job.seed))?.status !== 'finished') open.push(job);
  return open;
}

export const parallelJobs = (jobs: JobOptions['jobs']): number =>
  jobs === undefined || jobs === 'auto' ? availableParallelism() : jobs;

/** Runs each in a process of its own. Ctrl-C stops them all, each with a checkpoint. */
export async function runJobs(open: readonly Job[], options: JobOptions): Promise<ExitCode> {
  const board = createBoard(open.length, options.quiet ?? false);
  const running = new Set<ChildProcess>();
  const end: { stopped?: ExitCode; worst: ExitCode } = { worst: exitCodes.ok };
  const stop = (code: ExitCode, signal: NodeJS.Signals) => (): void => {
    const again = end.stopped !== undefined;
    end.stopped = code;
    for (const child of running) child.kill(again ? 'SIGKILL' : signal);
  };
  const onInterrupt = stop(exitCodes.interrupted, 'SIGTERM');
  const onTerminate = stop(exitCodes.terminated, 'SIGTERM');
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  const queue = [...open];
  const worker = async (): Promise<void> => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      const code = await runChild(job, running, options, board);
      if (end.stopped !== undefined) return;
      if (code !== exitCodes.ok) end.worst = code;
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, parallelJobs(options.jobs)) }, worker));
  process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
  board.clear();
  return end.stopped ?? end.worst;
}

/** One run as a process of its own, in a process group of its own so that Ctrl-C reaches it through us only. */
function runChild(
  { folder, label: name, seed }: Job,
  running: Set<ChildProcess>,
  options: JobOptions,
  board: Board,
): Promise<ExitCode> {
  const flags = [
    ...(options.offline ? ['--offline'] : []),
    ...(options.allowOtherEngine ? ['--allow-other-engine'] : []),
  ];
  const main = join(import.meta.dirname, 'main.ts');
  const child = spawn(
    process.execPath,
    [main, 'job', folder, '--seed', String(seed), '--engine', options.engine, '--quiet', ...flags],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  running.add(child);
  const label = `${name} seed ${seed}`;
  const words: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = ExperimentEvent.safeParse(JSON.parse(line));
    if (event.success) board.show(label, event.data);
  });
  createInterface({ input: child.stderr }).on('line', (line) => words.push(line));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      running.delete(child);
      board.done(label);
      if (code !== 0 && words.length > 0) board.say(`${label}: ${words.join(' ')}`);
      resolve(Object.values(exitCodes).find((known) => known === code) ?? exitCodes.failed);
    });
  });
}

interface Board {
  show(label: string, event: ExperimentEvent): void;
  done(label: string): void;
  say(line: string): void;
  clear(): void;
}

/** Progress of several runs: one line on a terminal, a plain line every ten seconds elsewhere. */
function createBoard(total: number, quiet: boolean): Board {
  const live = process.stderr.isTTY && process.env['TERM'] !== 'dumb' && !process.env['CI'];
  const shares = new Map<string, { text: string; share: number; readonly steps: number; readonly perTask: number }>();
  const begun = performance.now();
  let last = begun;
  let done = 0;
  const clear = (): void => {
    if (live && !quiet) process.stderr.write('\r\u001b[2K');
  };
  return {
    clear,
    say: (line) => {
      clear();
      if (!quiet) console.error(line);
    },
    done: (label) => {
      shares.delete(label);
      done += 1;
    },
    show: (label, event) => {
      if (event.type === 'run-started') {
        shares.set(label, {
          text: label,
          share: 0,
          steps: event.totalIterations,
          perTask: event.spec.training.iterations,
        });
      }
      const own = shares.get(label);
      if (event.type === 'step' && own !== undefined) {
        own.share = (event.task * own.perTask + event.iteration) / own.steps;
        own.text = `${label} t${event.task + 1} ${event.iteration}`;
      }
      const now = performance.now();
      if (quiet || now - last < (live ? 200 : 10_000)) return;
      last = now;
      const share = (done + [...shares.values()].reduce((sum, { share }) => sum + share, 0)) / total;
      const left = share > 0.02 ? `, ${duration(((now - begun) / 1000) * (1 / share - 1))} left` : '';
      const line = `${done}/${total} runs done${left}  ${[...shares.values()].map(({ text }) => text).join(' | ')}`;
      if (live) process.stderr.write(`\r\u001b[2K${line.slice(0, (process.stderr.columns || 80) - 1)}`);
      else process.stderr.write(`${line}\n`);
    },
  };
}
