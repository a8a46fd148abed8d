import { Frame, SeedField, Slider, Toggle, useRun } from '@engram/scene-kit';
import type { SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { crossover, curveOf } from './curves.ts';
import { jobsOf, methods } from './experiment.ts';
import type { State } from './experiment.ts';
import { Curves, tableOf } from './figure.tsx';
import type { Curve } from './figure.tsx';
import type { Text } from './messages.en.ts';

export function HundredTasks({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const run = useRun();
  const jobs = jobsOf(state);
  const curves: readonly Curve[] = methods.flatMap((method) => {
    const matrix = run.of(method)?.matrix ?? [];
    return matrix.length < 2 ? [] : [{ method, points: curveOf(matrix).map((mean) => ({ mean })) }];
  });
  const means = (method: string): readonly number[] =>
    curves.find((curve) => curve.method === method)?.points.map(({ mean }) => mean) ?? [];
  const started = run.runs.some(({ matrix }) => matrix.length > 0);
  // a run that was started with more tasks than the slider says now keeps its axis
  const tasks = run.runs[0]?.taskNames.length ?? state.tasks;
  const learned = Math.max(0, ...curves.map(({ points }) => points.length));
  const results = curves.map(
    ({ method, points }) => `${text.method[method]} ${format.percent(points.at(-1)?.mean ?? 0)}`,
  );
  return (
    <Frame
      activity={run}
      onStart={() => run.start(jobs)}
      jobs={jobs}
      controls={<Controls state={state} change={change} text={text} format={format} />}
      prediction={{ ask: text.ask, metric: 'ewc' }}
      figure={
        started ? (
          <Curves
            id="hundred-tasks-live"
            curves={curves}
            tasks={tasks}
            guess={state.guess}
            text={text}
            format={format}
          />
        ) : null
      }
      table={started ? tableOf(curves, text, format) : null}
      summary={curves.length === 0 ? '' : text.summary(format.number(learned, 0), results.join('; '))}
      metrics={[
        ...methods
          .filter((method) => state.methods.includes(method))
          .map((method) => ({
            name: method,
            label: text.final(text.method[method]),
            value: means(method).at(-1) ?? null,
            unit: 'percent' as const,
          })),
        {
          name: 'crossover',
          label: text.crossover,
          value: crossover(means('xdg'), means('ewc')),
          unit: 'number',
        },
      ]}
    />
  );
}

function Controls({
  state,
  change,
  text,
  format,
}: Pick<SceneProps<State, Text>, 'state' | 'change' | 'text' | 'format'>): ReactNode {
  const steps = jobsOf(state).reduce((sum, { request }) => sum + (request.iterations ?? 0) * state.tasks, 0);
  return (
    <>
      <Slider
        label={text.tasks}
        min={1}
        max={100}
        value={state.tasks}
        shown={format.number(state.tasks, 0)}
        help={text.tasksHelp(format.number(steps, 0))}
        onChange={(tasks) => change({ tasks })}
      />
      <fieldset className="field choice">
        <legend>{text.methods}</legend>
        {methods.map((method) => {
          const chosen = state.methods.includes(method);
          return (
            <Toggle
              key={method}
              label={text.method[method]}
              checked={chosen}
              disabled={chosen && state.methods.length === 1}
              onChange={(wanted) =>
                change({
                  methods: wanted ? [...state.methods, method] : state.methods.filter((other) => other !== method),
                })
              }
            />
          );
        })}
      </fieldset>
      <Slider
        label={text.guess}
        min={0}
        max={100}
        value={state.guess}
        shown={state.guess === 0 ? text.noGuess : format.number(state.guess, 0)}
        help={text.guessHelp}
        onChange={(guess) => change({ guess })}
      />
      <SeedField label={text.seed} newSeed={text.newSeed} value={state.seed} onChange={(seed) => change({ seed })} />
    </>
  );
}
