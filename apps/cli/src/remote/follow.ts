import { RunEvent } from '@engram/contracts/service';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { setTimeout as wait } from 'node:timers/promises';
import { CliError, exitCodes } from '../exit.ts';
import type { Connection } from './connection.ts';

export interface FollowOptions {
  /** Number of the last event that is known. */
  readonly since?: number;
  readonly signal?: AbortSignal;
  /** About interruptions, which are mended by themselves. */
  readonly say: (line: string) => void;
  /** How long a service that has answered may be away before this gives up. Default ten minutes. */
  readonly patienceSeconds?: number;
}

const firstPause = 500;
const longestPause = 15_000;
/** The service says something every 15 seconds; a connection that is silent for longer than this is dead. */
const silenceMilliseconds = 45_000;

/**
 * A run's events from number `since` on, each once and in order, until nothing more will follow. A lost connection is made again
 * and goes on after the last event that came; a refusal (wrong token, no such run) is thrown.
 */
export async function* follow(remote: Connection, id: string, options: FollowOptions): AsyncGenerator<RunEvent> {
  const { signal, say, patienceSeconds = 600 } = options;
  let last = options.since ?? 0;
  let pause = firstPause;
  let heard: number | undefined;
  while (!signal?.aborted) {
    try {
      for await (const message of messages(remote, id, last, signal)) {
        heard = performance.now();
        pause = firstPause;
        if (message === 'end') return;
        if (message.seq <= last) continue;
        last = message.seq;
        yield message;
      }
    } catch (error) {
      if (signal?.aborted) return;
      // what the service refuses it will refuse again
      if (error instanceof CliError && error.code !== exitCodes.network && error.code !== exitCodes.limit) throw error;
      if (heard === undefined || performance.now() - heard > patienceSeconds * 1000) throw error;
    }
    if (signal?.aborted) return;
    say(`connection lost; trying again after event ${last}`);
    await wait(pause, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    pause = Math.min(2 * pause, longestPause);
  }
}

/** One connection's worth of events. Ends where the connection does. */
async function* messages(
  remote: Connection,
  id: string,
  last: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent | 'end'> {
  const silence = new AbortController();
  const watchdog = setTimeout(() => silence.abort(), silenceMilliseconds);
  try {
    const response = await remote.fetch(`/v1/runs/${encodeURIComponent(id)}/events`, {
      headers: { accept: 'text/event-stream', 'last-event-id': String(last) },
      signal: AbortSignal.any([silence.signal, ...(signal === undefined ? [] : [signal])]),
    });
    const stream = response.body
      ?.pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream({ onComment: () => void watchdog.refresh() }));
    for await (const { event, data } of stream ?? []) {
      watchdog.refresh();
      if (event === 'end') yield 'end';
      else yield RunEvent.parse(JSON.parse(data));
    }
  } finally {
    clearTimeout(watchdog);
    silence.abort();
  }
}
