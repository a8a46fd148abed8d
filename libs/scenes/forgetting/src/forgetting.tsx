import { Choice, Frame, SeedField, Slider, Toggle, useRun } from '@engram/scene-kit';
import type { SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { brightest, ChangeMap, Likeness } from './drift-figure.tsx';
import type { Drift } from './drift-figure.tsx';
import { firstTask, jobsOf, scenarios, streams } from './experiment.ts';
import type { State } from './experiment.ts';
import { Matrices, tableOf } from './figure.tsx';
import type { Text } from './messages.en.ts';
import type { Sight } from './probes.ts';

export function Forgetting({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const run = useRun();
  const jobs = jobsOf(state);
  const titleOf = (id: string): string => (id === 'sequential' ? text.sequential : text.together);
  const shown = run.runs
    .filter(({ matrix }) => matrix.length > 0)
    .map(({ job, matrix }) => ({ id: job.id, title: titleOf(job.id), matrix }));
  const drifts: readonly Drift[] = run.runs
    .map(({ job, seen }) => ({
      id: job.id,
      title: titleOf(job.id),
      // what crosses from the worker is what the probe of this package returned
      sights: (seen['drift'] ?? []).map(({ value }) => value as Sight),
    }))
    .filter(({ sights }) => sights.length > 1);
  const first = firstTask(run.of('sequential')?.matrix ?? []);
  const mixed = firstTask(run.of('interleaved')?.matrix ?? []);
  const likeness = drifts.find(({ id }) => id === 'sequential')?.sights.at(-1)?.likeness ?? null;
  const summary =
    first.then === null || first.now === null
      ? ''
      : text.summary(format.percent(first.then), format.percent(first.now));
  const most = brightest(drifts);
  return (
    <Frame
      activity={run}
      onStart={() => run.start(jobs)}
      jobs={jobs}
      controls={<Controls state={state} change={change} text={text} />}
      prediction={{ ask: text.ask, metric: 'first-task-now' }}
      figure={
        shown.length === 0 ? null : (
          <>
            <Matrices shown={shown} text={text} />
            {drifts.length === 0 ? null : (
              <>
                <Likeness drifts={drifts} tasks={shown[0]?.matrix[0]?.length ?? 2} text={text} format={format} />
                <div className="side-by-side">
                  {drifts.map((drift) => (
                    <ChangeMap key={drift.id} drift={drift} most={most} text={text} />
                  ))}
                </div>
              </>
            )}
          </>
        )
      }
      table={shown.length === 0 ? null : tableOf(shown, text, format)}
      summary={drifts.length === 0 ? summary : `${summary} ${text.changeHelp}`}
      metrics={[
        { name: 'first-task-then', label: text.firstThen, value: first.then, unit: 'percent' },
        { name: 'first-task-now', label: text.firstNow, value: first.now, unit: 'percent' },
        { name: 'first-task-interleaved', label: text.firstTogether, value: mixed.now, unit: 'percent' },
        { name: 'likeness', label: text.likenessAxis, value: likeness, unit: 'number' },
      ]}
    />
  );
}

function Controls({ state, change, text }: Pick<SceneProps<State, Text>, 'state' | 'change' | 'text'>): ReactNode {
  return (
    <>
      <Choice
        label={text.stream}
        value={state.stream}
        options={streams.map((value) => ({ value, label: text.streams[value] }))}
        onChange={(stream) => change({ stream })}
      />
      <Choice
        label={text.scenario}
        value={state.scenario}
        options={scenarios.map((value) => ({ value, label: text.scenarios[value] }))}
        onChange={(scenario) => change({ scenario })}
      />
      {state.stream === 'split' ? null : (
        <Slider label={text.tasks} min={2} max={10} value={state.tasks} onChange={(tasks) => change({ tasks })} />
      )}
      <Slider
        label={text.hidden}
        min={20}
        max={400}
        step={20}
        value={state.hidden}
        onChange={(hidden) => change({ hidden })}
      />
      <Slider
        label={text.iterations}
        min={50}
        max={1000}
        step={50}
        value={state.iterations}
        onChange={(iterations) => change({ iterations })}
      />
      <Toggle
        label={text.interleaved}
        checked={state.interleaved}
        onChange={(interleaved) => change({ interleaved })}
      />
      <SeedField label={text.seed} newSeed={text.newSeed} value={state.seed} onChange={(seed) => change({ seed })} />
    </>
  );
}
