import { Frame, SeedField, Slider, useRun } from '@engram/scene-kit';
import type { Run, SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { allOrNothing, endOf, jobsOf, protocols } from './experiment.ts';
import type { Protocol, State } from './experiment.ts';
import { Figure, tableOf } from './figure.tsx';
import type { Matrices } from './figure.tsx';
import type { Text } from './messages.en.ts';
import { directionOf } from './plasticity.ts';

export function Neuromodulation({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const run = useRun();
  const jobs = jobsOf(state);
  const begun = run.runs.filter(({ matrix }) => matrix.length > 0);
  const matrices: Matrices = Object.fromEntries(begun.map(({ job, matrix }) => [job.id, matrix]));
  const end = (protocol: Protocol): number | null => endOf(matrices[protocol] ?? []);
  const [published, honest, plain] = protocols.map(end);
  const summary =
    published == null || honest == null || plain == null
      ? ''
      : text.summary(
          format.percent(published),
          format.percent(honest),
          format.percent(plain),
          allOrNothing(matrices.batch?.at(-1) ?? []),
        );
  return (
    <Frame
      activity={run}
      onStart={() => run.start(jobs)}
      jobs={jobs}
      controls={
        <>
          <Slider
            label={text.level}
            min={0}
            max={1}
            step={0.05}
            value={state.level}
            shown={`${format.number(state.level)}: ${text.directions[directionOf(state.level)]}`}
            onChange={(level) => change({ level })}
          />
          <Slider
            label={text.iterations}
            min={10}
            max={60}
            step={10}
            value={state.iterations}
            onChange={(iterations) => change({ iterations })}
          />
          <SeedField
            label={text.seed}
            newSeed={text.newSeed}
            value={state.seed}
            onChange={(seed) => change({ seed })}
          />
        </>
      }
      prediction={{ ask: text.ask, metric: 'end-row' }}
      figure={
        begun.length === 0 ? null : (
          <Figure id="live" matrices={matrices} level={state.level} text={text} format={format} />
        )
      }
      table={begun.length === 0 ? null : tableOf(matrices, text, format)}
      summary={summary}
      metrics={protocols.flatMap((protocol) => [
        { name: `end-${protocol}`, label: text.endOf(text.protocols[protocol]), value: end(protocol), unit: 'percent' },
        {
          name: `changed-${protocol}`,
          label: text.changedBy(text.protocols[protocol]),
          value: changedIn(run, protocol),
          unit: 'percent',
        },
      ])}
    />
  );
}

/** The share of the weights that a task changes, averaged over the tasks so far. */
function changedIn(run: Run, protocol: Protocol): number | null {
  // what crosses from the worker is what the probe of this package returned
  const shares = (run.of(protocol)?.seen['changes'] ?? []).map(({ value }) => value as number);
  return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
