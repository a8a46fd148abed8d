import type { ExperimentEvent, RunRecord } from '@engram/contracts';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Assignment, FromChild, ToChild } from './messages.ts';

/** How a training process ended. */
export type End =
  | { readonly kind: 'record'; readonly record: RunRecord }
  | { readonly kind: 'impossible'; readonly message: string }
  | { readonly kind: 'crashed'; readonly message: string };

export interface Training {
  /** Asks for a checkpoint and an end. */
  stop(): void;
  kill(): void;
  readonly pid: number | undefined;
  readonly ended: Promise<End>;
}

const program = fileURLToPath(new URL('./child.ts', import.meta.url));
const keptWords = 2000;

/** The environment without anything that only the service may know. */
const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL' && !/TOKEN|SECRET|PASSWORD|_KEY/.test(name)),
  ),
  NODE_ENV: process.env.NODE_ENV,
});

/** Starts a process for one run. */
export function startTraining(
  assignment: Assignment,
  on: {
    readonly event: (event: ExperimentEvent) => void;
    readonly checkpoint: (bytes: Uint8Array) => void;
    readonly model: (bytes: Uint8Array) => void;
  },
): Training {
  const child = fork(program, [], {
    serialization: 'advanced',
    execArgv: [],
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let end: End | undefined;
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-keptWords)));
  child.on('message', (message: FromChild) => {
    switch (message.type) {
      case 'event':
        if ('record' in message.event) end = { kind: 'record', record: message.event.record };
        on.event(message.event);
        break;
      case 'checkpoint':
        on.checkpoint(message.bytes);
        break;
      case 'model':
        on.model(message.bytes);
        break;
      case 'impossible':
        end = { kind: 'impossible', message: message.message };
    }
  });
  const tell = (message: ToChild): void => {
    // a process that has ended needs no telling
    if (child.connected) child.send(message, () => undefined);
  };
  const ended = new Promise<End>((resolve) => {
    child.on('error', (error) => resolve({ kind: 'crashed', message: error.message }));
    child.on('close', (code, signal) => {
      const how = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
      resolve(end ?? { kind: 'crashed', message: `The training process ended with ${how}. ${words.trim()}`.trim() });
    });
  });
  tell({ type: 'begin', assignment });
  return { stop: () => tell({ type: 'stop' }), kill: () => child.kill('SIGKILL'), pid: child.pid, ended };
}
