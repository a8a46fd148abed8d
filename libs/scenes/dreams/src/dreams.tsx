import { Choice, Frame, SeedField, Slider, Toggle, useRun } from '@engram/scene-kit';
import type { Run, SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import type { Night } from './dreaming.ts';
import { dreamers, jobsOf, pastOf, rooms } from './experiment.ts';
import type { State } from './experiment.ts';
import { Dreams as Grid, PastBars, tableOf } from './figure.tsx';
import type { Text } from './messages.en.ts';

export function Dreams({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const run = useRun();
  const jobs = jobsOf(state);
  const night = nightOf(run);
  const asked = night?.dreams.find(({ digit }) => digit === state.digit);
  const past = { withDreams: pastOf(run.of('dreams')?.matrix ?? []), without: pastOf(run.of('plain')?.matrix ?? []) };
  const nothingYet = night === undefined && past.without === null;
  return (
    <Frame
      activity={run}
      onStart={() => run.start(jobs)}
      jobs={jobs}
      controls={<Controls state={state} change={change} text={text} />}
      prediction={{ ask: text.ask, metric: 'past-with-dreams' }}
      figure={
        nothingYet ? null : (
          <div className="side-by-side">
            {night === undefined ? null : (
              <Grid id="dreams-live" dreams={night.dreams} chosen={state.digit} text={text} format={format} />
            )}
            {past.withDreams === null && past.without === null ? null : (
              <div>
                <p>{text.pastTitle}</p>
                <PastBars id="dreams-past" past={past} text={text} format={format} />
              </div>
            )}
          </div>
        )
      }
      table={nothingYet ? null : tableOf(night?.dreams ?? [], past, text, format)}
      summary={
        asked === undefined ? '' : text.summary(state.digit, format.percent(asked.named), format.percent(asked.judged))
      }
      metrics={[
        { name: 'dream-named', label: text.askedNamed(state.digit), value: asked?.named ?? null, unit: 'percent' },
        { name: 'dream-judged', label: text.askedJudged(state.digit), value: asked?.judged ?? null, unit: 'percent' },
        { name: 'past-with-dreams', label: text.withDreams, value: past.withDreams, unit: 'percent' },
        { name: 'past-without', label: text.without, value: past.without, unit: 'percent' },
        { name: 'stored', label: text.stored, value: night?.stored ?? null, unit: 'number' },
      ]}
    />
  );
}

/** What the probe saw last. */
const nightOf = (run: Run): Night | undefined =>
  // what crosses from the worker is what the probe of this package returned
  run.of('dreams')?.seen['dreams']?.at(-1)?.value as Night | undefined;

function Controls({ state, change, text }: Pick<SceneProps<State, Text>, 'state' | 'change' | 'text'>): ReactNode {
  return (
    <>
      <Slider
        label={text.digit}
        min={0}
        max={9}
        value={state.digit}
        help={text.digitHelp}
        onChange={(digit) => change({ digit })}
      />
      <Choice
        label={text.room}
        value={state.room}
        options={rooms.map((value) => ({ value, label: value }))}
        onChange={(room) => change({ room })}
      />
      <Choice
        label={text.dreamer}
        value={state.dreamer}
        options={dreamers.map((value) => ({ value, label: text.dreamers[value] }))}
        onChange={(dreamer) => change({ dreamer })}
      />
      <Toggle
        label={text.replay}
        checked={state.replay}
        help={text.replayHelp}
        onChange={(replay) => change({ replay })}
      />
      <SeedField label={text.seed} newSeed={text.newSeed} value={state.seed} onChange={(seed) => change({ seed })} />
    </>
  );
}
