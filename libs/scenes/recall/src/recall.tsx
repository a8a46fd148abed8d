import { Frame } from '@engram/scene-kit';
import type { SceneProps } from '@engram/scene-kit';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { Exercise } from './exercise.tsx';
import { OwnFigure, ownTable, pointsOf, summaryOf } from './figure.tsx';
import type { Text } from './messages.en.ts';
import { planOf } from './session.ts';
import type { State } from './state.ts';
import { useSession } from './use-session.ts';

export function Recall({ state, text, format }: SceneProps<State, Text>): ReactNode {
  const [session, act] = useSession();
  const end = useRef<HTMLParagraphElement>(null);
  const { history } = session;
  // who studied with one seed is tested with it, whatever a link says later
  const seed = history?.seed ?? state.seed;
  const plan = planOf(seed);
  const points = pointsOf(history, plan);
  const last = points.at(-1);
  return (
    <>
      <Frame
        prediction={{ ask: text.ask, metric: 'right' }}
        controls={
          <>
            <p>
              <button type="button" className="quiet" data-action="skip" onClick={() => end.current?.focus()}>
                {text.skip}
              </button>
            </p>
            <Exercise {...{ session, act, seed, plan, text, format }} />
          </>
        }
        figure={last === undefined ? null : <OwnFigure points={points} text={text} format={format} />}
        table={last === undefined ? null : ownTable({ points, text, format })}
        summary={last === undefined ? '' : summaryOf(last, { text, format })}
        metrics={[
          { name: 'right', label: text.all, value: last?.all ?? null, unit: 'percent' },
          { name: 'once', label: text.once, value: last?.once ?? null, unit: 'percent' },
          { name: 'twice', label: text.twice, value: last?.twice ?? null, unit: 'percent' },
          { name: 'minutes', label: text.minutes, value: last?.minutes ?? null, unit: 'number' },
          { name: 'tests', label: text.tests, value: points.length, unit: 'number' },
        ]}
        record={last === undefined ? null : { parameters: { pairs: text.pairs }, seeds: [seed], results: points }}
      />
      <p ref={end} tabIndex={-1} id="recall-end" />
    </>
  );
}
