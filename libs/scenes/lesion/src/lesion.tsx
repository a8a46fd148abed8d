import { Frame, SeedField, Slider, Toggle, useModel } from '@engram/scene-kit';
import type { Metric, SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { simulationOf } from './experiment.ts';
import type { State } from './experiment.ts';
import { LesionFigure, summaryOf, tableOf } from './figure.tsx';
import type { Text } from './messages.en.ts';
import type { Findings } from './study.ts';

export function Lesion({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const model = useModel<Findings | null>();
  const findings = model.view;
  const start = (settings: State): void => {
    const { lives, steps } = simulationOf(settings);
    model.start(lives, steps);
  };
  // once it has run, what is moved runs again
  const set = (patch: Partial<State>): void => {
    change(patch);
    if (model.phase !== 'idle') start({ ...state, ...patch });
  };
  return (
    <Frame
      activity={model}
      onStart={() => start(state)}
      startLabel={text.start}
      prediction={{ ask: text.ask, metric: 'recent' }}
      controls={
        <>
          <Slider
            label={text.year}
            min={15}
            max={37}
            value={state.year}
            shown={text.yearShown(format.number(state.year))}
            onChange={(year) => set({ year })}
          />
          <Slider
            label={text.lesion}
            min={0}
            max={1}
            step={0.05}
            value={state.lesion}
            shown={format.percent(state.lesion)}
            onChange={(lesion) => set({ lesion })}
          />
          <Toggle
            label={text.practise}
            help={text.practiseHelp}
            checked={state.practise}
            onChange={(practise) => change({ practise })}
          />
          <SeedField label={text.seed} newSeed={text.newSeed} value={state.seed} onChange={(seed) => set({ seed })} />
        </>
      }
      figure={findings && <LesionFigure findings={findings} practise={state.practise} text={text} format={format} />}
      table={findings && tableOf(findings, text, format)}
      summary={findings === null ? '' : summaryOf(findings, text, format)}
      metrics={metricsOf(findings, state.practise, text)}
      record={findings && { parameters: { ...findings.surgery }, seeds: findings.seeds, results: findings }}
    />
  );
}

function metricsOf(findings: Findings | null, practise: boolean, text: Text): readonly Metric[] {
  const percent = (name: string, label: string, value: number | undefined): Metric => ({
    name,
    label,
    value: value ?? null,
    unit: 'percent',
  });
  const number = (name: string, label: string, value: number | undefined): Metric => ({
    ...percent(name, label, value),
    unit: 'number',
  });
  return [
    percent('remote', text.remote, findings?.remote.mean),
    percent('recent', text.recent, findings?.recent.mean),
    percent('gradient', text.gradient, findings ? findings.remote.mean - findings.recent.mean : undefined),
    percent('afterwards', text.afterwards, findings?.afterwards.mean),
    number('digit-span', text.span, findings?.digitSpan.mean),
    ...(practise
      ? [
          number('skill-first', text.skillFirst, findings?.skill[0]?.mean),
          number('skill-last', text.skillLast, findings?.skill.at(-1)?.mean),
        ]
      : []),
  ];
}
