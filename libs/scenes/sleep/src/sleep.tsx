import { Choice, Frame, SeedField, Slider, Toggle, useModel } from '@engram/scene-kit';
import type { SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { simulate, stepsOf, views } from './experiment.ts';
import type { Findings, State } from './experiment.ts';
import { SleepFigure, summaryOf, tableOf } from './figure.tsx';
import type { Text } from './messages.en.ts';
import { mostNights } from './nights.ts';

export function SleepScene({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const model = useModel<Findings | null>();
  const findings = model.view;
  const start = (settings: State): void => model.start(simulate(settings), stepsOf(settings));
  // once it has run, what is moved runs again
  const set = (patch: Partial<State>): void => {
    change(patch);
    if (model.phase !== 'idle') start({ ...state, ...patch });
  };
  const [first, last] = [findings?.mornings[0], findings?.mornings.at(-1)];
  return (
    <Frame
      activity={model}
      onStart={() => start(state)}
      startLabel={text.start}
      prediction={{ ask: text.ask, metric: 'slow' }}
      controls={
        <>
          <Slider
            label={text.nights}
            min={0}
            max={mostNights}
            value={state.nights}
            shown={text.nightsShown(state.nights)}
            onChange={(nights) => set({ nights })}
          />
          <Toggle
            label={text.replay}
            help={text.replayHelp}
            checked={state.replay}
            onChange={(replay) => set({ replay })}
          />
          <Slider
            label={text.scaling}
            min={0.7}
            max={1}
            step={0.05}
            value={state.scaling}
            shown={text.scalingShown(format.percent(state.scaling))}
            onChange={(scaling) => set({ scaling })}
          />
          <Slider
            label={text.interference}
            min={0}
            max={40}
            step={5}
            value={state.interference}
            shown={text.interferenceShown(state.interference)}
            onChange={(interference) => set({ interference })}
          />
          <SeedField label={text.seed} newSeed={text.newSeed} value={state.seed} onChange={(seed) => set({ seed })} />
          <Choice
            label={text.view}
            value={state.view}
            options={views.map((value) => ({ value, label: text.views[value] }))}
            onChange={(view) => change({ view })}
          />
        </>
      }
      figure={findings && <SleepFigure findings={findings} view={state.view} text={text} format={format} />}
      table={findings && tableOf(findings, text, format)}
      summary={findings === null ? '' : summaryOf(findings, text, format)}
      metrics={[
        { name: 'vivid', label: text.metrics.vivid, value: last?.recalled.vivid ?? null, unit: 'percent' },
        { name: 'faint', label: text.metrics.faint, value: last?.recalled.faint ?? null, unit: 'percent' },
        { name: 'slow', label: text.metrics.slow, value: last?.slow ?? null, unit: 'percent' },
        { name: 'signal-first', label: text.metrics.signalFirst, value: first?.signalToNoise ?? null, unit: 'number' },
        { name: 'signal-last', label: text.metrics.signalLast, value: last?.signalToNoise ?? null, unit: 'number' },
        { name: 'free', label: text.metrics.free, value: last?.free ?? null, unit: 'percent' },
      ]}
      record={findings && { parameters: { ...findings.settings }, seeds: findings.seeds, results: findings.mornings }}
    />
  );
}
