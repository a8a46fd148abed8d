import { Choice, Frame, SeedField, Slider, useRun } from '@engram/scene-kit';
import type { SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { cures, endOf, jobId, jobsOf } from './experiment.ts';
import type { Cure, State } from './experiment.ts';
import { Figure, tableOf } from './figure.tsx';
import type { Text } from './messages.en.ts';
import { recordedOn } from './recorded.ts';

export function HarderPictures({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const run = useRun();
  const jobs = jobsOf(state);
  const kept = cures.flatMap((cure) => {
    const mean = endOf(run.of(jobId('digits', cure))?.matrix ?? []);
    return mean === null ? [] : [{ kind: 'digits' as const, cure, mean }];
  });
  const clothes = recordedOn('clothes');
  const on = (list: typeof kept | typeof clothes, cure: Cure): number | null =>
    list.find((own) => own.cure === cure)?.mean ?? null;
  const groups = [
    { id: 'live-digits', title: text.trainedNow, kept },
    { id: 'live-clothes', title: text.recordedClothes, kept: clothes },
  ];
  const [replay, chosen, harder] = [on(kept, 'replay'), on(kept, state.cure), on(clothes, state.cure)];
  return (
    <Frame
      activity={run}
      onStart={() => run.start(jobs)}
      jobs={jobs}
      controls={
        <>
          <Choice
            label={text.cure}
            value={state.cure}
            options={cures.map((value) => ({ value, label: text.cures[value] }))}
            onChange={(cure) => change({ cure })}
          />
          <Slider
            label={text.iterations}
            min={50}
            max={300}
            step={50}
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
      prediction={{ ask: text.ask, metric: 'clothes-replay' }}
      figure={kept.length === 0 ? null : <Figure groups={groups} text={text} format={format} />}
      table={kept.length === 0 ? null : tableOf(groups, text, format)}
      summary={
        chosen === null || harder === null
          ? ''
          : text.summary(text.cures[state.cure], format.percent(chosen), format.percent(harder))
      }
      metrics={[
        { name: 'digits-none', label: text.onDigits(text.cures.none), value: on(kept, 'none'), unit: 'percent' },
        { name: 'digits-replay', label: text.onDigits(text.cures.replay), value: replay, unit: 'percent' },
        { name: 'digits-chosen', label: text.onDigits(text.chosen), value: chosen, unit: 'percent' },
        {
          name: 'clothes-replay',
          label: text.onClothes(text.cures.replay),
          // shown with the answers of the run, so that a guess comes first
          value: kept.length === 0 ? null : on(clothes, 'replay'),
          unit: 'percent',
        },
      ]}
    />
  );
}
