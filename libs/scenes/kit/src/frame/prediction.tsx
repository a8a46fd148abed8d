import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useScene } from '../define.tsx';
import { useHost } from '../host.ts';
import { shown } from './metrics.tsx';
import type { Metric } from './metrics.tsx';
import { frameWords } from './words.ts';

export interface Question {
  /** Asks for a share, from 0 to 100 %. */
  readonly ask: string;
  /** The metric that answers it. */
  readonly metric: string;
}

interface PredictionProps {
  readonly question: Question;
  readonly metrics: readonly Metric[];
  /** Once something runs, the guess stands. */
  readonly locked: boolean;
}

/** A guess before the run, beside what came out after it. Nobody has to guess. */
export function Prediction({ question, metrics, locked }: PredictionProps): ReactNode {
  const { format } = useScene();
  const { locale } = useHost();
  const words = frameWords[locale];
  const [guess, setGuess] = useState<number | null>(null);
  const id = useId();
  const metric = metrics.find(({ name }) => name === question.metric);
  const measured = metric?.value ?? null;
  return (
    <div className="scene-prediction">
      <label htmlFor={id}>
        <strong>{words.predict}.</strong> {question.ask}
      </label>
      <div className="scene-guess">
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          step={1}
          value={guess ?? 50}
          disabled={locked}
          aria-valuetext={guess === null ? '–' : format.percent(guess / 100)}
          onChange={({ target }) => setGuess(target.valueAsNumber)}
        />
        <output htmlFor={id} data-guess={guess ?? ''}>
          {guess === null ? '?' : format.percent(guess / 100)}
        </output>
      </div>
      {guess === null || metric === undefined || measured === null ? null : (
        <p className="scene-revealed">
          {words.predictAfter(format.percent(guess / 100), shown(metric, measured, format))}
        </p>
      )}
    </div>
  );
}
