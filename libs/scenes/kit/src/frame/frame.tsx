import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useScene } from '../define.tsx';
import type { FigureTable } from '../description.ts';
import { useHost } from '../host.ts';
import type { Job } from '../run/job.ts';
import type { RunView } from '../run/run-state.ts';
import type { Activity } from '../run/use-run.ts';
import { Metrics } from './metrics.tsx';
import type { Metric } from './metrics.tsx';
import { Prediction } from './prediction.tsx';
import type { Question } from './prediction.tsx';
import { ScrollingTable, SceneShell } from './shell.tsx';
import { Steering } from './steering.tsx';
import { TakeAway } from './take-away.tsx';
import type { ModelRecord } from './take-away.tsx';
import { frameWords } from './words.ts';

export interface FrameProps {
  /** What `useRun` or `useModel` gave; leave out where nothing runs. */
  readonly activity?: Activity & { readonly runs?: readonly RunView[] };
  /** Leave out where nothing runs: the figure itself answers. */
  readonly onStart?: () => void;
  /** Sliders and choices of the scene, each with a label; leave out where the figure itself is what the reader moves. */
  readonly controls?: ReactNode;
  /** The figure of the present state, or null to show the still one. */
  readonly figure: ReactNode;
  /** The numbers in the figure; null with the still figure. */
  readonly table: FigureTable | null;
  /** Every number that the scene is about. */
  readonly metrics: readonly Metric[];
  /** What the reader may guess before a run. */
  readonly prediction?: Question;
  /** The runs that repeat this on a command line. */
  readonly jobs?: readonly Job[];
  /** What a model was given and what it gave, for a reader to keep; runs bring records of their own. */
  readonly record?: ModelRecord | null;
  /** What the running figure shows, computed from its numbers; one or two sentences. */
  readonly summary?: string;
  /** The word on the start button; default: "Train it now". */
  readonly startLabel?: string;
  /** The word on the button that clears what was computed; default: "Back to the recorded figure". */
  readonly resetLabel?: string;
}

const nothingRuns: NonNullable<FrameProps['activity']> = {
  phase: 'idle',
  failure: null,
  progress: null,
  pause: () => undefined,
  resume: () => undefined,
  stop: () => undefined,
  reset: () => undefined,
};

/** The frame around every running scene. It knows nothing of what is computed inside. */
export function Frame(props: FrameProps): ReactNode {
  const {
    activity = nothingRuns,
    onStart,
    controls,
    figure,
    table,
    metrics,
    prediction,
    jobs = [],
    record,
    summary,
    startLabel,
    resetLabel,
  } = props;
  const { scene, text, format } = useScene();
  const { locale, hide, heading } = useHost();
  const words = frameWords[locale];
  const still = figure === null || figure === undefined;
  const stillProps = { text, locale, format };
  const shownTable = table ?? scene.still.table(stillProps);
  return (
    <SceneShell
      id={scene.id}
      locale={locale}
      text={text}
      badge={still ? scene.still.badge : scene.badge}
      source={still ? text.stillSource : ''}
      phase={activity.phase}
      hide={hide}
      heading={heading}
      before={
        <>
          {prediction === undefined || hide.has('prediction') ? null : (
            <Prediction question={prediction} metrics={metrics} locked={activity.phase !== 'idle'} />
          )}
          {controls === undefined || hide.has('controls') ? null : (
            <div className="scene-controls" role="group" aria-label={text.question}>
              {controls}
            </div>
          )}
          {onStart === undefined ? null : (
            <Steering
              activity={activity}
              onStart={onStart}
              startLabel={startLabel ?? words.start}
              resetLabel={resetLabel ?? words.backToStill}
            />
          )}
        </>
      }
      figure={
        <Views
          figure={still ? <scene.still.Figure {...stillProps} /> : figure}
          table={shownTable}
          hidden={hide.has('data')}
        />
      }
      after={
        <>
          {hide.has('claim') ? null : <p className="scene-summary">{still ? text.stillSummary : summary}</p>}
          <Metrics metrics={metrics} />
          <TakeAway jobs={jobs} runs={activity.runs ?? []} model={record ?? null} table={shownTable} />
        </>
      }
    />
  );
}

interface ViewsProps {
  readonly figure: ReactNode;
  readonly table: FigureTable;
  readonly hidden: boolean;
}

/** The figure, or the same numbers as a table. */
function Views({ figure, table, hidden }: ViewsProps): ReactNode {
  const { locale } = useHost();
  const words = frameWords[locale];
  const [view, setView] = useState<'figure' | 'data'>('figure');
  const name = useId();
  return (
    <>
      {hidden ? null : (
        <fieldset className="scene-views">
          <legend className="visually-hidden">{words.view}</legend>
          {(['figure', 'data'] as const).map((choice) => (
            <label key={choice}>
              <input
                type="radio"
                name={name}
                value={choice}
                checked={view === choice}
                onChange={() => setView(choice)}
              />
              <span>{words[choice]}</span>
            </label>
          ))}
        </fieldset>
      )}
      <div className="scene-drawing" data-drawing={view === 'figure' ? '' : undefined}>
        {view === 'figure' ? figure : <ScrollingTable {...table} />}
      </div>
    </>
  );
}
