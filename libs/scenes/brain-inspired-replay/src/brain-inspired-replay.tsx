import { Choice, Frame, SeedField, Slider, Toggle, useRun } from '@engram/scene-kit';
import type { SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { endOf, idOf, jobsOf, parts, variantsOf, views } from './experiment.ts';
import type { State } from './experiment.ts';
import { Bars, nameOf, tableOf } from './figure.tsx';
import type { Text } from './messages.en.ts';

export function BrainInspiredReplay({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const run = useRun();
  const jobs = jobsOf(state);
  const variants = variantsOf(state.view, state.parts);
  const kept = variants.flatMap((variant) => {
    const mean = endOf(run.of(idOf(variant))?.matrix ?? []);
    return mean === null ? [] : [{ variant, mean }];
  });
  const of = (id: string): number | null => kept.find(({ variant }) => idOf(variant) === id)?.mean ?? null;
  const [plain, whole, mine] = [of('plain'), of(idOf(parts)), of(idOf(state.parts))];
  const nothingYet = kept.length === 0;
  return (
    <Frame
      activity={run}
      onStart={() => run.start(jobs)}
      jobs={jobs}
      controls={<Controls state={state} change={change} text={text} />}
      prediction={{ ask: text.ask, metric: 'mine' }}
      figure={
        nothingYet ? null : (
          <Bars id="live" view={state.view} chosen={state.parts} kept={kept} text={text} format={format} />
        )
      }
      table={nothingYet ? null : tableOf([[state.view, state.parts]], kept, text, format)}
      summary={kept
        .map(({ variant, mean }) => `${nameOf(variant, state.view, text)}: ${format.percent(mean)}.`)
        .join(' ')}
      metrics={[
        { name: 'plain', label: text.plain, value: plain, unit: 'percent' },
        { name: 'mine', label: text.mine, value: mine, unit: 'percent' },
        { name: 'whole', label: text.whole, value: whole, unit: 'percent' },
      ]}
    />
  );
}

function Controls({ state, change, text }: Pick<SceneProps<State, Text>, 'state' | 'change' | 'text'>): ReactNode {
  return (
    <>
      <fieldset className="field choice">
        <legend>{text.switches}</legend>
        {parts.map((part) => (
          <Toggle
            key={part}
            label={text.parts[part]}
            help={text.help[part]}
            checked={state.parts.includes(part)}
            onChange={(on) =>
              change({ parts: on ? [...state.parts, part] : state.parts.filter((other) => other !== part) })
            }
          />
        ))}
        <Toggle label={text.internal} help={text.internalWhy} checked={false} disabled onChange={() => {}} />
      </fieldset>
      <Choice
        label={text.compare}
        value={state.view}
        options={views.map((value) => ({ value, label: text.views[value] }))}
        onChange={(view) => change({ view })}
      />
      <Slider label={text.tasks} min={3} max={10} value={state.tasks} onChange={(tasks) => change({ tasks })} />
      <SeedField label={text.seed} newSeed={text.newSeed} value={state.seed} onChange={(seed) => change({ seed })} />
    </>
  );
}
