import { Choice, Frame, SeedField, Slider, Toggle, useRun } from '@engram/scene-kit';
import type { SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { amounts, jobId, jobsOf, keptBy, scenarios } from './experiment.ts';
import type { Amount, Scenario, State } from './experiment.ts';
import { Figure, tableOf } from './figure.tsx';
import type { Text } from './messages.en.ts';

export function LittleReplay({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const run = useRun();
  const jobs = jobsOf(state);
  const seed = run.runs[0]?.job.seed ?? state.seed;
  const kept = keptBy(
    scenarios.flatMap((scenario) =>
      amounts.flatMap((amount) => {
        const { record, matrix = [] } = run.of(jobId(scenario, amount, seed)) ?? {};
        return record?.status === 'finished' ? [{ scenario, amount, matrix }] : [];
      }),
    ),
  );
  const of = (scenario: Scenario, amount: Amount): number | null =>
    kept.find((point) => point.scenario === scenario && point.amount === amount)?.mean ?? null;
  const [none, one, full] = [of('class', '0'), of('class', '1'), of('class', '128')];
  const nothingYet = kept.length === 0;
  return (
    <Frame
      activity={run}
      onStart={() => run.start(jobs)}
      jobs={jobs}
      controls={<Controls state={state} change={change} text={text} />}
      prediction={{ ask: text.ask, metric: 'class-1' }}
      figure={nothingYet ? null : <Figure id="live" kept={kept} guesses={state} text={text} format={format} />}
      table={nothingYet ? null : tableOf(kept, text, format)}
      summary={
        none === null || one === null
          ? ''
          : text.summary(format.percent(none), format.percent(one), full === null ? null : format.percent(full))
      }
      metrics={scenarios.flatMap((scenario) =>
        (['0', '1', '128'] as const).map((amount) => ({
          name: `${scenario}-${amount}`,
          label: text.metric(text.scenarios[scenario], amount),
          value: of(scenario, amount),
          unit: 'percent' as const,
        })),
      )}
    />
  );
}

function Controls({ state, change, text }: Pick<SceneProps<State, Text>, 'state' | 'change' | 'text'>): ReactNode {
  const guess = (scenario: Scenario, at: number, onChange: (at: number) => void): ReactNode => (
    <Slider
      label={text.guessWhere[scenario]}
      min={0}
      max={amounts.length - 1}
      value={at}
      shown={text.below(amounts[at] ?? '')}
      onChange={onChange}
    />
  );
  return (
    <>
      {guess('class', state.guessClass, (guessClass) => change({ guessClass }))}
      {guess('task', state.guessTask, (guessTask) => change({ guessTask }))}
      <fieldset className="field choice">
        <legend>{text.axis}</legend>
        <div className="options">
          {amounts.map((amount) => (
            <Toggle
              key={amount}
              label={amount}
              checked={state.amounts.includes(amount)}
              onChange={(on) =>
                change({ amounts: on ? [...state.amounts, amount] : state.amounts.filter((own) => own !== amount) })
              }
            />
          ))}
        </div>
      </fieldset>
      <Choice
        label={text.told}
        value={state.told}
        options={([...scenarios, 'both'] as const).map((value) => ({
          value,
          label: value === 'both' ? text.both : text.scenarios[value],
        }))}
        onChange={(told) => change({ told })}
      />
      <SeedField label={text.seed} newSeed={text.newSeed} value={state.seed} onChange={(seed) => change({ seed })} />
    </>
  );
}
