import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Activity } from './use-run.ts';
import { usePauseWhileHidden } from './use-run.ts';
import type { Phase } from './run-state.ts';

export interface ModelRun<View> extends Activity {
  /** The latest thing the model yielded; after another start the old one stays until there is a new one. */
  readonly view: View | null;
  /** Runs a simulation that yields after every bit of work; `steps` is how many yields there will be. */
  start(simulation: Iterator<View>, steps: number): void;
}

/** How long a simulation may hold the page before it is drawn again. */
const sliceMilliseconds = 12;

/**
 * A small simulation on the page itself, in slices: for models that finish in a few seconds and need no network.
 * Same steering as `useRun`.
 */
export function useModel<View>(): ModelRun<View> {
  const [state, setState] = useState<{ phase: Phase; view: View | null; progress: number | null }>({
    phase: 'idle',
    view: null,
    progress: null,
  });
  const current = useRef<{ iterator: Iterator<View>; steps: number; done: number } | null>(null);
  const frame = useRef(0);
  const phase = useRef(state.phase);
  phase.current = state.phase;

  const slice = useCallback(() => {
    const work = current.current;
    if (work === null) return;
    const until = performance.now() + sliceMilliseconds;
    let latest: View | undefined;
    let ended = false;
    while (!ended && performance.now() < until) {
      const next = work.iterator.next();
      if (next.done === true) ended = true;
      else {
        latest = next.value;
        work.done += 1;
      }
    }
    const progress = ended ? 1 : Math.min(1, work.done / Math.max(1, work.steps));
    setState((old) => ({ phase: ended ? 'done' : 'running', view: latest ?? old.view, progress }));
    if (ended) current.current = null;
    else frame.current = requestAnimationFrame(slice);
  }, []);

  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const steer = useMemo(
    () => ({
      start: (iterator: Iterator<View>, steps: number) => {
        cancelAnimationFrame(frame.current);
        current.current = { iterator, steps, done: 0 };
        setState(({ view }) => ({ phase: 'running', view, progress: 0 }));
        frame.current = requestAnimationFrame(slice);
      },
      pause: () => {
        cancelAnimationFrame(frame.current);
        setState((old) => (old.phase === 'running' ? { ...old, phase: 'paused' } : old));
      },
      resume: () => {
        setState((old) => (old.phase === 'paused' ? { ...old, phase: 'running' } : old));
        frame.current = requestAnimationFrame(slice);
      },
      stop: () => {
        cancelAnimationFrame(frame.current);
        current.current = null;
        setState((old) => ({ ...old, phase: 'done' }));
      },
      reset: () => {
        cancelAnimationFrame(frame.current);
        current.current = null;
        setState({ phase: 'idle', view: null, progress: null });
      },
    }),
    [slice],
  );
  usePauseWhileHidden(phase, steer);
  return { ...state, ...steer, failure: null };
}
