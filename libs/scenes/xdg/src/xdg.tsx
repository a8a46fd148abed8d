import { Frame, SeedField, Slider, Toggle, useRun } from '@engram/scene-kit';
import type { Run, SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { gatedFraction, jobsOf } from './experiment.ts';
import type { State } from './experiment.ts';
import { Curves, labelsOf, meansOf, tableOf } from './figure.tsx';
import { expectedOverlap, meanOfPairs } from './gates.ts';
import type { Text } from './messages.en.ts';
import { brightest, OverlapMatrix } from './overlap-figure.tsx';
import { Painting } from './painting.tsx';
import type { Sight } from './probes.ts';

export function Xdg({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const run = useRun();
  const jobs = jobsOf(state);
  const springs = (run.runs[0]?.job.request.strategy ?? (state.springs ? 'ewc' : 'none')) === 'ewc';
  const curves = (['open', 'gated'] as const)
    .map((id) => ({ id, label: labelsOf(text, springs)[id], means: meansOf(run.of(id)?.matrix ?? []) }))
    .filter(({ means }) => means.length > 0);
  const [open, gated] = [sightOf(run, 'open'), sightOf(run, 'gated')];
  const final = (id: string): number | null => {
    const means = meansOf(run.of(id)?.matrix ?? []);
    return means.length > 0 && means.length === run.of(id)?.taskNames.length ? (means.at(-1) ?? null) : null;
  };
  const [without, withGates] = [final('open'), final('gated')];
  const withheld = gated?.withheld ?? null;
  const started = run.runs.some(({ matrix }) => matrix.length > 0);
  return (
    <Frame
      activity={run}
      onStart={() => run.start(jobs)}
      jobs={jobs}
      controls={
        <>
          <Slider
            label={text.gated}
            min={0}
            max={95}
            step={5}
            value={state.gated}
            shown={format.percent(gatedFraction(state))}
            help={text.who}
            onChange={(value) => change({ gated: value })}
          />
          <Slider label={text.tasks} min={2} max={40} value={state.tasks} onChange={(tasks) => change({ tasks })} />
          <Toggle label={text.springs} checked={state.springs} onChange={(value) => change({ springs: value })} />
          <SeedField
            label={text.seed}
            newSeed={text.newSeed}
            value={state.seed}
            onChange={(seed) => change({ seed })}
          />
          <Painting state={state} text={text} format={format} />
        </>
      }
      prediction={{ ask: text.ask, metric: 'task-withheld' }}
      figure={
        started ? (
          <>
            <Curves
              id="xdg-live"
              curves={curves}
              tasks={run.runs[0]?.taskNames.length ?? state.tasks}
              springs={springs}
              text={text}
              format={format}
            />
            <Overlaps open={open} gated={gated} text={text} format={format} />
          </>
        ) : null
      }
      table={started ? tableOf(curves, text, format) : null}
      summary={
        without === null || withGates === null || withheld === null
          ? ''
          : `${text.summary(format.percent(without), format.percent(withGates), format.percent(withheld))} ${text.updatesHelp}`
      }
      metrics={[
        { name: 'without-gates', label: text.without, value: without, unit: 'percent' },
        { name: 'with-gates', label: text.with, value: withGates, unit: 'percent' },
        { name: 'task-withheld', label: text.withheld, value: withheld, unit: 'percent' },
        {
          name: 'overlap',
          label: text.overlap,
          value: gated?.units ? meanOfPairs(gated.units) : null,
          unit: 'percent',
        },
        {
          name: 'overlap-expected',
          label: text.expected,
          value: expectedOverlap(gatedFraction(state)),
          unit: 'percent',
        },
        {
          name: 'updates-open',
          label: text.updatesShared,
          value: open ? meanOfPairs(open.updates) : null,
          unit: 'percent',
        },
        {
          name: 'updates-gated',
          label: text.updatesSharedGated,
          value: gated ? meanOfPairs(gated.updates) : null,
          unit: 'percent',
        },
      ]}
    />
  );
}

interface OverlapsProps extends Pick<SceneProps<State, Text>, 'text' | 'format'> {
  readonly open: Sight | undefined;
  readonly gated: Sight | undefined;
}

/** What pairs of tasks share: changed weights without gates and with them, on one scale, and open units. */
function Overlaps({ open, gated, text, format }: OverlapsProps): ReactNode {
  if (open === undefined) return null;
  const changes = brightest(open.updates, gated?.updates ?? []);
  const matrices = [
    { title: text.updatesOpen, description: text.updatesHelp, matrix: open.updates, most: changes },
    ...(gated === undefined
      ? []
      : [{ title: text.updatesGated, description: text.updatesHelp, matrix: gated.updates, most: changes }]),
    ...(gated?.units == null
      ? []
      : [{ title: text.unitsTitle, description: text.unitsHelp, matrix: gated.units, most: brightest(gated.units) }]),
  ];
  return (
    <div className="side-by-side">
      {matrices.map((shown) => (
        <OverlapMatrix
          key={shown.title}
          {...shown}
          tasks={text.task}
          scale={text.brightest(format.percent(shown.most))}
        />
      ))}
    </div>
  );
}

/** What the probe saw at the end of a run. */
const sightOf = (run: Run, id: string): Sight | undefined =>
  // what crosses from the worker is what the probe of this package returned
  run.of(id)?.seen['gates']?.at(-1)?.value as Sight | undefined;
