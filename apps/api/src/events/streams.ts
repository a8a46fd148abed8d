import { ServiceError } from '@engram/contracts/service';
import type { Caller } from '@engram/contracts/service';
import type { Signals } from '../database/signals.ts';

/** The open event streams of this process: how many each token has, and how to end them. */
export function createStreams(signals: Signals, mostPerToken: number) {
  const open = new Map<string, Set<AbortController>>();
  let total = 0;

  const stopListening = signals.on('tokens', (token) => {
    const reason = new ServiceError('unauthenticated', 'The token of this stream is not valid any more.');
    for (const controller of open.get(token) ?? []) controller.abort(reason);
  });

  return {
    /** Aborts when the token is revoked or the service stops. Throws ServiceError `limit`. */
    enter(caller: Caller): { readonly signal: AbortSignal; leave(): void } {
      const own = open.get(caller.token) ?? new Set();
      if (own.size >= mostPerToken) {
        throw new ServiceError(
          'limit',
          `This token has ${own.size} event streams open, which is as many as it may have.`,
          {
            limit: 'streams',
            retryAfter: 5,
            hint: 'One stream can carry several runs (runs.follow with several ids); close what is not needed.',
          },
        );
      }
      const controller = new AbortController();
      open.set(caller.token, own.add(controller));
      total += 1;
      return {
        signal: controller.signal,
        leave: () => {
          if (!own.delete(controller)) return;
          total -= 1;
          if (own.size === 0) open.delete(caller.token);
        },
      };
    },
    count: () => total,
    /** Ends all streams; readers come back and go on where they were. */
    closeAll: () => {
      stopListening();
      const reason = new ServiceError('unavailable', 'The service is shutting down.', { retryAfter: 2 });
      for (const controllers of open.values()) for (const controller of controllers) controller.abort(reason);
    },
  };
}

export type Streams = ReturnType<typeof createStreams>;
