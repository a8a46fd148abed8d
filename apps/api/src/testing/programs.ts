import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { adminToken } from './service.ts';

export interface Program {
  readonly process: ChildProcess;
  /** What it said when it was ready: its address, or the worker's id. */
  readonly said: string;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

const file = fileURLToPath(new URL('./program.ts', import.meta.url));

/** Starts a service or a worker and waits until it is ready. */
export async function startProgram(
  kind: 'service' | 'worker',
  environment: Readonly<Record<string, string>>,
): Promise<Program> {
  const child = spawn(process.execPath, [file, kind], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: undefined,
      ENGRAM_PORT: '0',
      ENGRAM_ADMIN_TOKEN: adminToken,
      ENGRAM_LOG_LEVEL: 'error',
      ENGRAM_WORKERS: '1',
      ...environment,
    },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-3000)));
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const said = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error(`the ${kind} ended before it was ready: ${errors}`)));
  });
  return {
    process: child,
    said,
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal);
      await ended;
    },
  };
}
