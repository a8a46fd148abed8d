import { Choice, SeedField, Slider } from '@engram/scene-kit';
import type { SceneProps } from '@engram/scene-kit';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { dataOf, letters, needsService, presets, scenarioOf, scenariosOf, tasksOf } from './experiment.ts';
import type { PresetName, State } from './experiment.ts';
import { Network } from './network.tsx';
import type { LabText } from './words.ts';

export type LabProps = SceneProps<State, LabText>;

interface Part {
  readonly title: string;
  readonly children: ReactNode;
}

const Part = ({ title, children }: Part): ReactNode => {
  const id = useId();
  return (
    <section className="lab-part" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <div className="lab-fields">{children}</div>
    </section>
  );
};

const fixedTasks: ReadonlySet<PresetName> = new Set(['class-continual-mnist']);

/** Everything that can be set, in the order in which one thinks of it: what is learned, by which networks, where. */
export function Settings(props: LabProps): ReactNode {
  const { state, change, text } = props;
  const option = <Value extends string>(labels: Readonly<Record<Value, string>>, value: Value, disabled = false) => ({
    value,
    label: labels[value],
    disabled,
  });
  const here = state.where === 'here';
  return (
    <>
      <Part title={text.parts.tasks}>
        <Choice
          label={text.benchmark}
          value={state.preset}
          options={presets.map((preset) => option(text.benchmarks, preset, here && needsService({ preset })))}
          onChange={(preset) => change({ preset })}
        />
        <Choice
          label={text.scenario}
          value={scenarioOf(state)}
          options={(['task', 'domain', 'class'] as const).map((scenario) =>
            option(text.scenarios, scenario, !scenariosOf[state.preset].includes(scenario)),
          )}
          onChange={(scenario) => change({ scenario })}
        />
        <Choice
          label={text.data}
          value={dataOf(state)}
          options={(['subset', 'digits', 'full'] as const).map((data) =>
            option(text.datasets, data, data === 'full' ? here : needsService(state)),
          )}
          onChange={(data) => change({ data })}
        />
        <Slider
          label={text.tasks}
          min={2}
          max={20}
          value={state.tasks}
          shown={String(tasksOf(state))}
          disabled={fixedTasks.has(state.preset)}
          onChange={(tasks) => change({ tasks })}
        />
      </Part>
      <Part title={text.parts.network}>
        <Slider
          label={text.hidden}
          min={20}
          max={400}
          step={20}
          value={state.hidden}
          onChange={(hidden) => change({ hidden })}
        />
        <Slider label={text.layers} min={1} max={3} value={state.layers} onChange={(layers) => change({ layers })} />
        <Slider
          label={text.iterations}
          min={50}
          max={2000}
          step={50}
          value={state.iterations}
          onChange={(iterations) => change({ iterations })}
        />
        <Choice
          label={text.batch}
          value={state.batch}
          options={(['16', '32', '64', '128', '256'] as const).map((batch) => ({ value: batch, label: batch }))}
          onChange={(batch) => change({ batch })}
        />
      </Part>
      <Part title={text.parts.strategies}>
        {letters.map((letter) => (
          <Network key={letter} letter={letter} {...props} />
        ))}
      </Part>
      <Part title={text.parts.run}>
        <Choice
          label={text.where}
          value={state.where}
          options={(['here', 'service'] as const).map((where) => option(text.places, where))}
          onChange={(where) => change({ where, ...(needsService(state) ? { preset: 'split-mnist' } : {}) })}
        />
        <SeedField label={text.seed} newSeed={text.newSeed} value={state.seed} onChange={(seed) => change({ seed })} />
        <Slider
          label={text.seeds}
          min={1}
          max={5}
          value={state.seeds}
          help={text.seedsHelp}
          onChange={(seeds) => change({ seeds })}
        />
        <MoreSettings {...props} />
      </Part>
    </>
  );
}

/** What no slider is for: any value of the specification, written as the command line takes it. */
function MoreSettings({ state, change, text }: LabProps): ReactNode {
  const id = useId();
  return (
    <details className="lab-more" open={state.set !== '' || undefined}>
      <summary>{text.more}</summary>
      <label htmlFor={id}>{text.moreLabel}</label>
      <textarea
        id={id}
        rows={3}
        maxLength={400}
        spellCheck={false}
        autoCapitalize="off"
        value={state.set}
        placeholder={'strategies.ewc.lambda=1000\noptimizer.learningRate=0.01'}
        aria-describedby={`${id}-help`}
        onChange={({ target }) => change({ set: target.value })}
      />
      <small id={`${id}-help`}>{text.moreHelp}</small>
    </details>
  );
}
