import { isOver } from '@engram/contracts/service';
import type { Delivered, Hub, Subscription } from './hub.ts';

export interface Followed {
  readonly key: number;
  readonly id: string;
  readonly lastSeq: number;
  /** Number of the last event that the reader has. */
  readonly after: number;
  /** Nothing will follow `lastSeq`. */
  readonly over: boolean;
}

export interface Step extends Delivered {
  /** Numbers reached in each run, joined by dots: where to go on after this event. */
  readonly position: string;
}

interface Cursor {
  readonly subscription: Subscription;
  after: number;
  over: boolean;
}

/** The events of several runs as they come, until all runs are over or the signal aborts. */
export async function* follow(
  hub: Hub,
  runs: readonly Followed[],
  signal: AbortSignal,
): AsyncGenerator<readonly Step[]> {
  const cursors = runs.map((run): Cursor => ({
    subscription: hub.subscribe(run),
    after: run.after,
    over: run.over && run.after >= run.lastSeq,
  }));
  let news = Promise.withResolvers<null>();
  const wake = (): void => news.resolve(null);
  const stopWaiting = cursors.map(({ subscription }) => subscription.onNews(wake));
  signal.addEventListener('abort', wake);
  try {
    while (!signal.aborted) {
      news = Promise.withResolvers();
      let found = false;
      for (const cursor of cursors) {
        const delivered = await cursor.subscription.read(cursor.after);
        if (delivered.length === 0) continue;
        found = true;
        const steps = delivered.map((one): Step => {
          cursor.after = one.seq;
          const { event } = one.event;
          if (event.type === 'status') cursor.over = isOver(event.status);
          return { ...one, position: cursors.map(({ after }) => after).join('.') };
        });
        yield steps;
        if (aborted(signal)) return;
      }
      if (found) continue;
      if (cursors.every(({ over }) => over)) return;
      await news.promise;
    }
  } finally {
    signal.removeEventListener('abort', wake);
    for (const stop of stopWaiting) stop();
    for (const { subscription } of cursors) subscription.close();
  }
}

/** Asked anew: what `yield` waited for may have aborted it. */
const aborted = (signal: AbortSignal): boolean => signal.aborted;
