import { Frame, SeedField, Slider, Toggle, useRun } from '@engram/scene-kit';
import type { SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { firstTask, jobsOf } from './experiment.ts';
import type { State } from './experiment.ts';
import { Matrices, tableOf } from './figure.tsx';
import type { Text } from './messages.en.ts';

export function Forgetting({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const run = useRun();
  const jobs = jobsOf(state);
  const shown = run.runs
    .filter(({ matrix }) => matrix.length > 0)
    .map(({ job, matrix }) => ({
      id: job.id,
      title: job.id === 'sequential' ? text.sequential : text.together,
      matrix,
    }));
  const first = firstTask(run.of('sequential')?.matrix ?? []);
  const mixed = firstTask(run.of('interleaved')?.matrix ?? []);
  const summary =
    first.then === null || first.now === null
      ? ''
      : text.summary(format.percent(first.then), format.percent(first.now));
  return (
    <Frame
      activity={run}
      onStart={() => run.start(jobs)}
      jobs={jobs}
      controls={
        <>
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
          <SeedField
            label={text.seed}
            newSeed={text.newSeed}
            value={state.seed}
            onChange={(seed) => change({ seed })}
          />
        </>
      }
      prediction={{ ask: text.ask, metric: 'first-task-now' }}
      figure={shown.length === 0 ? null : <Matrices shown={shown} text={text} />}
      table={shown.length === 0 ? null : tableOf(shown, text, format)}
      summary={summary}
      metrics={[
        { name: 'first-task-then', label: text.firstThen, value: first.then, unit: 'percent' },
        { name: 'first-task-now', label: text.firstNow, value: first.now, unit: 'percent' },
        { name: 'first-task-interleaved', label: text.firstTogether, value: mixed.now, unit: 'percent' },
      ]}
    />
  );
}
