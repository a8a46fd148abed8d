import { Choice, Frame, Toggle } from '@engram/scene-kit';
import type { Metric, SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { Brain } from './brain.tsx';
import type { Text } from './messages.en.ts';
import { exampleIds, failing, placedRight, predictedRight, rules, structures, systems } from './rules.ts';
import type { ExampleId, Structure } from './rules.ts';
import { place, placementOf, schema } from './state.ts';
import type { State } from './state.ts';
import { ruleTable } from './table.ts';

export function MemoryMap({ state, change, text }: SceneProps<State, Text>): ReactNode {
  const placement = placementOf(state);
  const placed = Object.keys(placement).length;
  const lesion = state.lesion === 'none' ? null : state.lesion;
  const shown = state.revealed && lesion !== null;
  const switchOff = (next: Structure | null): void => change({ lesion: next ?? 'none', expected: [], revealed: false });
  return (
    <Frame
      controls={
        <>
          <p>{text.placeHelp}</p>
          <ol className="scene-cards">
            {exampleIds.map((id) => (
              <li key={id} data-example={id}>
                <Choice
                  label={text.examples[id]}
                  value={placement[id] ?? null}
                  options={systems.map((value) => ({ value, label: text.systems[value] }))}
                  onChange={(system) => change(place(state, id, system))}
                />
                {state.checked ? (
                  <p data-right={placement[id] === rules[id].system}>
                    {placement[id] === rules[id].system ? text.right : text.wrong(text.systems[rules[id].system])}
                  </p>
                ) : null}
              </li>
            ))}
          </ol>
          <div className="scene-buttons">
            <button
              type="button"
              className="primary"
              data-action="check"
              disabled={placed < exampleIds.length}
              onClick={() => change({ checked: true })}
            >
              {text.check}
            </button>
            <button type="button" data-action="again" onClick={() => change(schema.parse({}))}>
              {text.again}
            </button>
          </div>
        </>
      }
      figure={
        <>
          <p>{text.brainHelp}</p>
          <Brain
            text={text}
            lesion={lesion}
            onToggle={(structure) => switchOff(structure === lesion ? null : structure)}
          />
          <Choice
            label={text.lesionLabel}
            value={state.lesion}
            options={(['none', ...structures] as const).map((value) => ({
              value,
              label: value === 'none' ? text.noLesion : text.structures[value],
            }))}
            onChange={(next) => switchOff(next === 'none' ? null : next)}
          />
          {lesion === null ? null : <Expectations {...{ state, change, text, lesion }} />}
          <ul className="scene-notes">
            {text.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      }
      table={ruleTable(text)}
      summary={shown ? text.summary(text.structures[lesion], failing(lesion).length) : text.stillSummary}
      metrics={metricsOf(state, text)}
    />
  );
}

type ExpectationsProps = Pick<SceneProps<State, Text>, 'state' | 'change' | 'text'> & { readonly lesion: Structure };

/** What the reader thinks will fail, and what does. */
function Expectations({ state, change, text, lesion }: ExpectationsProps): ReactNode {
  const { expected, revealed } = state;
  const fails = failing(lesion);
  const expect = (id: ExampleId, isExpected: boolean): void =>
    change({ expected: isExpected ? [...expected, id] : expected.filter((each) => each !== id) });
  return (
    <div role="group" aria-label={text.expectHelp(text.structures[lesion])}>
      <p>{text.expectHelp(text.structures[lesion])}</p>
      <ul className="scene-cards" data-lesion={lesion}>
        {exampleIds.map((id) => (
          <li key={id} data-example={id} data-fails={revealed ? fails.includes(id) : undefined}>
            <Toggle
              label={text.examples[id]}
              checked={expected.includes(id)}
              disabled={revealed}
              onChange={(isExpected) => expect(id, isExpected)}
            />
            {revealed ? <p>{fails.includes(id) ? text.fails : text.works}</p> : null}
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="primary"
        data-action="reveal"
        disabled={revealed}
        onClick={() => change({ revealed: true })}
      >
        {text.reveal}
      </button>
    </div>
  );
}

function metricsOf(state: State, text: Text): readonly Metric[] {
  const placement = placementOf(state);
  const lesion = state.lesion === 'none' || !state.revealed ? null : state.lesion;
  const number = (name: string, label: string, value: number | null): Metric => ({
    name,
    label,
    value,
    unit: 'number',
  });
  return [
    number('placed', text.placed, Object.keys(placement).length),
    number('placed-right', text.placedRight, state.checked ? placedRight(placement) : null),
    number('failing', text.failing, lesion && failing(lesion).length),
    number('predicted-right', text.predictedRight, lesion && predictedRight(state.expected, lesion)),
  ];
}
