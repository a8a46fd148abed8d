import { Choice, Frame, SeedField, Slider, useRun } from '@engram/scene-kit';
import type { Run, SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { estimators, jobsOf, lambdaOf, scenarios, springCount } from './experiment.ts';
import type { State } from './experiment.ts';
import { Matrices, tableOf } from './figure.tsx';
import type { Text } from './messages.en.ts';
import type { Sight } from './probes.ts';
import { Springs } from './spring-figure.tsx';
import { forceOf } from './springs.ts';
import { Surfaces } from './surface-figure.tsx';

export function Ewc({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const run = useRun();
  const jobs = jobsOf(state);
  const lambda = lambdaOf(state);
  const chosen = state.spring - 1;
  const shown = run.runs
    .filter(({ matrix }) => matrix.length > 0)
    .map(({ job, matrix }) => ({ id: job.id, title: job.id === 'plain' ? text.plain : text.springs, matrix }));

  const [plain, held] = [sightsOf(run, 'plain'), sightsOf(run, 'ewc')];
  const springsHeld = held.flatMap(({ springs }) => (springs === undefined ? [] : [springs]));
  const springsFree = plain.flatMap(({ springs }) => (springs === undefined ? [] : [springs]));
  const now = springsHeld.at(-1);
  // both runs look at the same steps, so the same look of the plain run is the same moment
  const free = springsFree[springsHeld.length - 1] ?? [];
  const surface = held.find((sight) => sight.surface !== undefined)?.surface;
  const moved = held.findLast((sight) => sight.moved !== undefined)?.moved;
  const spring = now?.[chosen];

  const ends = (id: string): readonly (number | null)[] => {
    const matrix = run.of(id)?.matrix ?? [];
    const last = matrix.at(-1);
    return matrix.length < 3 || last === undefined ? [null, null] : [last[0] ?? null, last[matrix.length - 2] ?? null];
  };
  const [keptPlain = null, newestPlain = null] = ends('plain');
  const [kept = null, newest = null] = ends('ewc');
  const percent = (name: string, label: string, value: number | null) => ({
    name,
    label,
    value,
    unit: 'percent' as const,
  });
  const number = (name: string, label: string, value: number | undefined) => ({
    name,
    label,
    value: value ?? null,
    unit: 'number' as const,
  });
  const summary =
    keptPlain === null || kept === null || newest === null
      ? ''
      : text.summary(format.percent(keptPlain), format.percent(kept), format.percent(newest));
  return (
    <Frame
      activity={run}
      onStart={() => run.start(jobs)}
      jobs={jobs}
      controls={<Controls state={state} change={change} text={text} />}
      prediction={{ ask: text.ask, metric: 'first-task' }}
      figure={
        shown.length === 0 ? null : (
          <div className="side-by-side">
            <Matrices shown={shown} text={text} />
            {now === undefined ? null : (
              <div>
                <p>{text.springsTitle}</p>
                <Springs held={now} free={free} lambda={lambda} chosen={chosen} text={text} format={format} />
                <small>{text.springsHelp}</small>
              </div>
            )}
            {surface === undefined ? null : <Surfaces surface={surface} text={text} />}
            {surface === undefined ? null : <small>{text.surfaceHelp}</small>}
          </div>
        )
      }
      table={shown.length === 0 ? null : tableOf(shown, text, format)}
      summary={state.scenario === 'class' && summary !== '' ? `${summary} ${text.classWhy}` : summary}
      metrics={[
        percent('first-task-plain', text.keptPlain, keptPlain),
        percent('first-task', text.kept, kept),
        percent('newest-task-plain', text.newestPlain, newestPlain),
        percent('newest-task', text.newest, newest),
        number('moved-most-important', text.movedMost, moved?.most),
        number('moved-least-important', text.movedLeast, moved?.least),
        number('force', text.force, spring === undefined ? undefined : 1000 * forceOf(spring, lambda)),
        number('wrong-measure', text.shrinkage, plain.find((sight) => sight.shrinkage !== undefined)?.shrinkage),
      ]}
    />
  );
}

/** What the probe saw in a run. */
const sightsOf = (run: Run, id: string): readonly Sight[] =>
  // what crosses from the worker is what the probe of this package returned
  (run.of(id)?.seen['springs'] ?? []).map(({ value }) => value as Sight);

function Controls({ state, change, text }: Pick<SceneProps<State, Text>, 'state' | 'change' | 'text'>): ReactNode {
  const lambda = lambdaOf(state);
  return (
    <>
      <Slider
        label={text.stiffness}
        min={-1}
        max={7}
        step={0.5}
        value={state.stiffness}
        shown={lambda === 0 ? text.noSprings : `λ = ${lambda.toLocaleString('en')}`}
        help={text.stiffnessHelp}
        onChange={(stiffness) => change({ stiffness })}
      />
      <Choice
        label={text.scenario}
        value={state.scenario}
        options={scenarios.map((value) => ({ value, label: text.scenarios[value] }))}
        onChange={(scenario) => change({ scenario })}
      />
      <Choice
        label={text.fisher}
        value={state.fisher}
        options={estimators.map((value) => ({ value, label: text.estimators[value] }))}
        onChange={(fisher) => change({ fisher })}
      />
      <Slider
        label={text.whichSpring}
        min={1}
        max={springCount}
        value={state.spring}
        onChange={(spring) => change({ spring })}
      />
      <SeedField label={text.seed} newSeed={text.newSeed} value={state.seed} onChange={(seed) => change({ seed })} />
    </>
  );
}
