import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useScene } from '../define.tsx';
import { useHost } from '../host.ts';
import type { RunView } from '../run/run-state.ts';
import type { Activity } from '../run/use-run.ts';
import { frameWords } from './words.ts';

interface SteeringProps {
  readonly activity: Activity & { readonly runs?: readonly RunView[] };
  readonly onStart: () => void;
  readonly startLabel: string;
  readonly resetLabel: string;
}

/** Start, pause, go on, stop; progress; and what went wrong, in a sentence. */
export function Steering({ activity, onStart, startLabel, resetLabel }: SteeringProps): ReactNode {
  const { locale } = useHost();
  const { format, text } = useScene();
  const words = frameWords[locale];
  const { phase, progress, failure, runs = [] } = activity;
  const active = phase === 'loading' || phase === 'running' || phase === 'paused';
  const training = runs.find(({ task }) => task !== null);
  const message = {
    idle: '',
    loading: words.loading,
    running: [
      training === undefined ? '' : words.trainingTask((training.task ?? 0) + 1, training.taskNames.length),
      progress === null ? '' : words.running(format.percent(progress)),
    ]
      .filter(Boolean)
      .join(' '),
    paused: words.paused,
    done: words.done,
    error: failure === null ? '' : words.failure[failure.kind],
  }[phase];
  return (
    <div className="scene-steering">
      <div className="scene-buttons">
        {active ? (
          <>
            {phase === 'paused' ? (
              <button type="button" className="primary" data-action="resume" onClick={activity.resume}>
                {words.resume}
              </button>
            ) : (
              <button type="button" className="primary" data-action="pause" onClick={activity.pause}>
                {words.pause}
              </button>
            )}
            <button type="button" data-action="stop" onClick={activity.stop}>
              {words.stop}
            </button>
          </>
        ) : (
          <button type="button" className="primary" data-action="start" onClick={onStart}>
            {phase === 'error' ? words.retry : phase === 'done' ? words.again : startLabel}
          </button>
        )}
        {phase === 'done' || phase === 'error' ? (
          <button type="button" data-action="reset" onClick={activity.reset}>
            {resetLabel}
          </button>
        ) : null}
      </div>
      <progress
        max={1}
        value={phase === 'loading' ? undefined : (progress ?? 0)}
        hidden={!active}
        aria-label={text.title}
      />
      <p className="scene-status" data-state={phase}>
        {message}
        {failure === null ? null : <small> {failure.detail}</small>}
      </p>
      <Spoken message={message} urgent={phase !== 'running'} />
    </div>
  );
}

/** Least time between two spoken reports of progress. */
const spokenEveryMilliseconds = 5000;

/** Says a message to screen readers: at once when something begins or ends, otherwise now and then. */
function Spoken({ message, urgent }: { readonly message: string; readonly urgent: boolean }): ReactNode {
  const [spoken, setSpoken] = useState('');
  const last = useRef(-Infinity);
  useEffect(() => {
    const now = performance.now();
    const wait = urgent ? 0 : Math.max(0, last.current + spokenEveryMilliseconds - now);
    const timer = setTimeout(() => {
      last.current = performance.now();
      setSpoken(message);
    }, wait);
    return () => clearTimeout(timer);
  }, [message, urgent]);
  return (
    <p className="visually-hidden" role="status">
      {spoken}
    </p>
  );
}
