import { configLines, createLog, readConfig, startRemoteWorker, startService } from '@engram/api';
import type { Config } from '@engram/api';
import { exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';

export interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
  readonly state?: string;
  readonly workers?: number;
  readonly printConfig?: boolean;
}

/** Flags are said last, so they win over the environment. */
const configured = ({ port, host, state, workers }: ServeOptions, databaseUrl?: string) =>
  readConfig({
    ...process.env,
    ...(port === undefined ? {} : { ENGRAM_PORT: String(port) }),
    ...(host === undefined ? {} : { ENGRAM_HOST: host }),
    ...(state === undefined ? {} : { ENGRAM_STATE_DIR: state }),
    ...(workers === undefined ? {} : { ENGRAM_WORKERS: String(workers) }),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  });

/** API, workers and site on one origin, until a signal. */
export async function serve(options: ServeOptions): Promise<ExitCode> {
  const config = configured(options);
  if (options.printConfig) {
    console.log(configLines(config));
    return exitCodes.ok;
  }
  const stop = stopping();
  console.error('Starting the training service …');
  const service = await startService(config, logFor(config));
  console.log(service.url);
  if (service.adminToken !== undefined) {
    console.error(
      `\nAdministrator’s token, shown this once; keep it where secrets are kept:\n\n  ${service.adminToken}\n`,
    );
  }
  console.error(
    service.site
      ? `Open ${service.url} in a browser. Ctrl-C stops.`
      : `REST: ${service.url}/v1/openapi.json. Ctrl-C stops.`,
  );
  await stop;
  console.error('Stopping: runs save a checkpoint and go back to the queue (Ctrl-C again ends at once).');
  await service.close();
  return exitCodes.ok;
}

export interface WorkerOptions {
  readonly databaseUrl?: string;
  readonly slots?: number;
}

/** Trains for a service on another machine, until a signal. */
export async function worker({ databaseUrl, slots }: WorkerOptions): Promise<ExitCode> {
  const config = configured(slots === undefined ? {} : { workers: slots }, databaseUrl);
  const stop = stopping();
  const running = await startRemoteWorker(config, logFor(config));
  console.log(running.worker.id);
  await stop;
  await running.close();
  return exitCodes.ok;
}

/** On a terminal only what needs attention is said, unless a level was asked for. */
const logFor = ({ ENGRAM_LOG_LEVEL }: Config) =>
  createLog(
    process.stderr.isTTY && process.env['ENGRAM_LOG_LEVEL'] === undefined ? 'warn' : ENGRAM_LOG_LEVEL,
    process.stderr,
  );

/** The first signal asks for an orderly end, the second ends at once. */
const stopping = (): Promise<void> =>
  new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated);
        asked = true;
        resolve();
      });
    }
  });
