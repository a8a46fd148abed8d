import { Choice, Frame, SeedField, Slider, useModel } from '@engram/scene-kit';
import type { Metric, SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { simulate, streams, views } from './experiment.ts';
import type { Findings, State } from './experiment.ts';
import { AttentionFigure, summaryOf, tableOf } from './figure.tsx';
import type { Text } from './messages.en.ts';

/** The settings that are a share or a gain, with the largest value and the step of each. */
const dials = {
  filter: [1, 0.05],
  noradrenaline: [2, 0.1],
  dopamine: [2, 0.1],
  peak: [1, 0.1],
  end: [1, 0.1],
} as const;
type Dial = keyof typeof dials;

export function Attention({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const model = useModel<Findings>();
  const findings = model.view;
  // once it has run, what is moved runs again
  const set = (patch: Partial<State>): void => {
    change(patch);
    if (model.phase !== 'idle') model.start(simulate({ ...state, ...patch }), streams);
  };
  const dial = (name: Dial, shown: (value: string) => string): ReactNode => {
    const [max, step] = dials[name];
    const value = state[name];
    const isGain = max > 1;
    return (
      <Slider
        label={text[name]}
        min={0}
        max={max}
        step={step}
        value={value}
        shown={shown(isGain ? format.number(value, 1) : format.percent(value))}
        onChange={(moved) => set({ [name]: moved })}
      />
    );
  };
  const asIs = (value: string): string => value;
  return (
    <Frame
      activity={model}
      onStart={() => model.start(simulate(state), streams)}
      startLabel={text.start}
      {...(state.view === 'stream' ? { prediction: { ask: text.ask, metric: 'surprising' } } : {})}
      controls={
        <>
          <Choice
            label={text.view}
            value={state.view}
            options={views.map((value) => ({ value, label: text.views[value] }))}
            onChange={(view) => change({ view })}
          />
          {dial('noradrenaline', text.gainShown)}
          {state.view === 'stream' ? (
            <>
              {dial('dopamine', text.gainShown)}
              {dial('filter', text.filterShown)}
            </>
          ) : (
            <>
              {dial('peak', asIs)}
              {dial('end', asIs)}
            </>
          )}
          <SeedField label={text.seed} newSeed={text.newSeed} value={state.seed} onChange={(seed) => set({ seed })} />
        </>
      }
      figure={findings && <AttentionFigure findings={findings} view={state.view} text={text} format={format} />}
      table={findings && tableOf(findings, state.view, text, format)}
      summary={findings === null ? '' : summaryOf(findings, state.view, text, format)}
      metrics={state.view === 'stream' ? streamMetrics(findings, text) : episodeMetrics(findings, text)}
      record={
        findings && {
          parameters: { ...findings.settings, episode: findings.episode },
          seeds: findings.seeds,
          results: { recalled: findings.recalled, judgement: findings.judgement },
        }
      }
    />
  );
}

const percent = (name: string, label: string, value: number | undefined): Metric => ({
  name,
  label,
  value: value ?? null,
  unit: 'percent',
});

function streamMetrics(findings: Findings | null, text: Text): readonly Metric[] {
  const recalled = findings?.recalled;
  return [
    percent('surprising', text.kinds.surprising, recalled?.surprising.mean),
    percent('rewarded', text.kinds.rewarded, recalled?.rewarded.mean),
    percent('neutral', text.kinds.neutral, recalled?.neutral.mean),
    percent('unattended', text.kinds.unattended, recalled?.unattended.mean),
    percent('advantage', text.advantage, recalled && recalled.surprising.mean - recalled.neutral.mean),
  ];
}

const episodeMetrics = (findings: Findings | null, text: Text): readonly Metric[] => [
  percent('lived', text.lived, findings?.judgement.lived),
  percent('remembered', text.remembered, findings?.judgement.remembered),
  percent('peak-and-end', text.peakAndEnd, findings?.judgement.peakAndEnd),
];
