import { AccuracyMatrixChart, CurvesChart } from '@engram/charts';
import { Choice, defineScene, Frame, SeedField, Slider, submissionOf, useRun } from '@engram/scene-kit';
import type { Run, RunView, SceneProps } from '@engram/scene-kit';
import type { SeenWeights } from '@engram/scene-kit/worker';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { jobsOf, letters, schema, strategyOf, tasksOf } from './experiment.ts';
import type { State } from './experiment.ts';
import { offered, strategies } from './strategies.ts';
import { Units } from './weights.tsx';
import { labText } from './words.ts';
import type { LabText } from './words.ts';

/** Mean accuracy on the tasks seen, after each task. */
const curveOf = ({ matrix }: RunView): readonly number[] =>
  matrix.slice(1).map((row, i) => row.slice(0, i + 1).reduce((sum, value) => sum + value, 0) / (i + 1));

type LabProps = SceneProps<State, LabText>;

function Lab(props: LabProps): ReactNode {
  const { state, text, format } = props;
  const run = useRun();
  const jobs = jobsOf(state);
  const labelOf = (id: string): string => (id === 'none' ? text.none : id);
  const measured = run.runs.filter(({ matrix }) => matrix.length > 1);
  return (
    <>
      <Frame
        activity={run}
        onStart={() => run.start(jobs)}
        jobs={jobs}
        controls={<Settings {...props} />}
        figure={measured.length === 0 ? null : <Findings runs={measured} labelOf={labelOf} text={text} />}
        table={
          measured.length === 0
            ? null
            : {
                caption: text.curves,
                columns: [text.learned, ...measured.map(({ job }) => labelOf(job.id))],
                rows: Array.from({ length: Math.max(...measured.map((view) => curveOf(view).length)) }, (_, i) => [
                  String(i + 1),
                  ...measured.map((view) => {
                    const value = curveOf(view)[i];
                    return value === undefined ? '' : format.percent(value);
                  }),
                ]),
              }
        }
        metrics={run.runs.map((view) => ({
          name: `kept-${view.job.id}`,
          label: text.average(labelOf(view.job.id)),
          value: curveOf(view).at(-1) ?? null,
          unit: 'percent' as const,
        }))}
        summary=""
      />
      <OnService run={run} text={text} />
    </>
  );
}

function Settings({ state, change, text, locale }: LabProps): ReactNode {
  const choices = <Value extends string>(labels: Readonly<Record<Value, string>>) =>
    (Object.entries(labels) as [Value, string][]).map(([value, label]) => ({ value, label }));
  return (
    <>
      <Choice
        label={text.benchmark}
        value={state.preset}
        options={choices(text.benchmarks)}
        onChange={(preset) => change({ preset })}
      />
      <Choice
        label={text.scenario}
        value={state.scenario}
        options={choices(text.scenarios)}
        onChange={(scenario) => change({ scenario })}
      />
      <Choice
        label={text.data}
        value={state.data}
        options={choices(text.datasets)}
        onChange={(data) => change({ data })}
      />
      <Slider
        label={text.tasks}
        min={2}
        max={20}
        value={state.tasks}
        shown={String(tasksOf(state))}
        onChange={(tasks) => change({ tasks })}
      />
      <Slider
        label={text.hidden}
        min={20}
        max={400}
        step={20}
        value={state.hidden}
        onChange={(hidden) => change({ hidden })}
      />
      <Slider label={text.layers} min={1} max={3} value={state.layers} onChange={(layers) => change({ layers })} />
      <Slider
        label={text.iterations}
        min={50}
        max={1000}
        step={50}
        value={state.iterations}
        onChange={(iterations) => change({ iterations })}
      />
      <SeedField label={text.seed} newSeed={text.newSeed} value={state.seed} onChange={(seed) => change({ seed })} />
      {letters.map((letter) => {
        const chosen: readonly string[] = state[letter];
        const label = strategyOf(state, letter);
        return (
          <details key={letter} className="lab-network">
            <summary>{text.run(letter.toUpperCase(), label === 'none' ? text.none : label)}</summary>
            {offered.map((name) => (
              <label key={name}>
                <input
                  type="checkbox"
                  checked={chosen.includes(name)}
                  onChange={({ target }) =>
                    change({
                      [letter]: target.checked
                        ? [...state[letter], name]
                        : state[letter].filter((other) => other !== name),
                    })
                  }
                />
                {strategies[name][locale]}
              </label>
            ))}
            <small>{text.help}</small>
          </details>
        );
      })}
    </>
  );
}

interface FindingsProps {
  readonly runs: readonly RunView[];
  readonly labelOf: (id: string) => string;
  readonly text: LabText;
}

/** Curves of all networks, then each one's matrix and what its first units look for. */
function Findings({ runs, labelOf, text }: FindingsProps): ReactNode {
  return (
    <>
      <CurvesChart
        id="lab-curves"
        title={text.curves}
        description={text.claim}
        series={runs.map((view) => ({
          label: labelOf(view.job.id),
          points: curveOf(view).map((mean) => ({ mean, spread: null })),
        }))}
        labels={{ x: text.learned, y: text.accuracy }}
      />
      <div className="side-by-side">
        {runs.map(({ job, matrix, seen }) => {
          const label = labelOf(job.id);
          const weights = seen['weights']?.at(-1)?.value as readonly SeenWeights[] | undefined;
          return (
            <div key={job.id}>
              <p>{label}</p>
              <AccuracyMatrixChart
                id={`lab-${job.id}`}
                title={label}
                description={text.curves}
                matrix={matrix}
                labels={{ tested: text.tested, learned: text.learned }}
              />
              {weights === undefined ? null : <Units title={text.units(label)} weights={weights} />}
            </div>
          );
        })}
      </div>
    </>
  );
}

/** The same runs on the training service that serves this page, if there is one. */
function OnService({ run, text }: { readonly run: Run; readonly text: LabText }): ReactNode {
  const [answer, setAnswer] = useState('');
  const started = run.runs.flatMap(({ spec, job }) => (spec === null ? [] : submissionOf(spec, job.seed)));
  const send = async (): Promise<void> => {
    const answers = await Promise.all(
      started.map((body) =>
        fetch('/v1/runs', { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
      ),
    );
    setAnswer(answers.every(({ ok }) => ok) ? text.sent : text.noService);
  };
  return (
    <p className="lab-service">
      <button
        type="button"
        disabled={started.length === 0}
        onClick={() => void send().catch(() => setAnswer(text.noService))}
      >
        {text.onService}
      </button>{' '}
      <span role="status">{answer}</span>
    </p>
  );
}

export const scene = defineScene({
  id: 'lab',
  badge: 'live',
  text: labText,
  still: {
    badge: 'live',
    Figure: () => null,
    table: ({ text }) => ({ caption: text.title, columns: [text.learned], rows: [] }),
  },
  state: schema,
  Component: Lab,
});
