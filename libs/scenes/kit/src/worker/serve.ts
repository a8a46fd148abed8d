import type { FromWorker, ToWorker } from '../run/protocol.ts';
import { createSession } from './session.ts';
import type { Probe } from './session.ts';
import { weights } from './weights.ts';

/** Makes the worker that this runs in a page's training worker: a session, and a sign of life every second. */
export function serveTraining(probes: Readonly<Record<string, Probe>> = {}): void {
  const tell = (message: FromWorker): void => self.postMessage(message);
  const handle = createSession(tell, { weights, ...probes });
  self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => handle(data));
  setInterval(() => tell({ type: 'alive' }), 1000);
  tell({ type: 'ready' });
}
