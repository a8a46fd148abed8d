import type { ExperimentEvent } from '@engram/contracts';
import type { Style } from './style.ts';

/** Shows how a run goes on, on stderr: one line that is rewritten on a terminal, else a plain line now and then. */
export interface Progress {
  show(event: ExperimentEvent): void;
  /** Takes the rewritten line away. */
  clear(): void;
}

const plainEveryMilliseconds = 10_000;
const redrawEveryMilliseconds = 100;

export function createProgress(
  title: string,
  { stream, style, quiet }: { readonly stream: NodeJS.WriteStream; readonly style: Style; readonly quiet: boolean },
): Progress {
  if (quiet) return { show: () => undefined, clear: () => undefined };
  const live = stream.isTTY && process.env['TERM'] !== 'dumb' && !process.env['CI'];
  const every = live ? redrawEveryMilliseconds : plainEveryMilliseconds;
  const rates = createRates();
  let total = 0;
  let perTask = 1;
  let tasks = 1;
  let last = performance.now();
  const clear = (): void => {
    if (live) stream.write('\r\u001b[2K');
  };
  return {
    clear,
    show: (event) => {
      if (event.type === 'run-started') {
        total = event.totalIterations;
        perTask = event.spec.training.iterations;
        tasks = event.taskNames.length;
      }
      if (event.type !== 'step') return;
      const done = event.task * perTask + event.iteration;
      const now = performance.now();
      if (now - last < every) return;
      last = now;
      const rate = rates.add(done, now);
      const left = rate === undefined ? '' : `, ${duration((total - done) / rate)} left`;
      const speed = rate === undefined ? '' : `, ${rate.toFixed(0)} it/s`;
      const text = `${title}  task ${event.task + 1}/${tasks}, step ${event.iteration}/${perTask}, loss ${event.loss.toFixed(3)}${speed}${left}`;
      if (live)
        stream.write(`\r\u001b[2K${`${bar(done / total, style)} ${text}`.slice(0, (stream.columns || 80) - 1)}`);
      else stream.write(`${text}\n`);
    },
  };
}

/** Steps per second: the median over the last second-long looks, so that one pause does not upset the estimate. */
function createRates() {
  const recent: number[] = [];
  let from: { readonly done: number; readonly at: number } | undefined;
  return {
    add: (done: number, at: number): number | undefined => {
      if (from === undefined) from = { done, at };
      else if (at - from.at >= 500) {
        recent.push((1000 * (done - from.done)) / (at - from.at));
        if (recent.length > 15) recent.shift();
        from = { done, at };
      }
      return recent.toSorted((a, b) => a - b)[Math.floor(recent.length / 2)];
    },
  };
}

function bar(fraction: number, { unicode }: Style): string {
  const cells = 12;
  const full = Math.round(fraction * cells);
  return `${(unicode ? '█' : '#').repeat(full)}${(unicode ? '░' : '.').repeat(cells - full)}`;
}

/** Seconds in the unit people use: 8 s, 3 min 20 s, 1 h 5 min. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}
