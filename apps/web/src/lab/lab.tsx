import { defineScene, Frame, useRun } from '@engram/scene-kit';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { jobsOf, schema } from './experiment.ts';
import { curvesOf, endOf, groupsOf } from './groups.ts';
import type { Group } from './groups.ts';
import { Results, withSpread } from './results.tsx';
import { Settings } from './settings.tsx';
import type { LabProps } from './settings.tsx';
import { labelOf } from './strategies.ts';
import { Take } from './take.tsx';
import { useServiceRun } from './use-service-run.ts';
import type { Submitted } from './use-service-run.ts';
import { labText } from './words.ts';
import type { LabText } from './words.ts';

const mostKept = 3;

function Lab(props: LabProps): ReactNode {
  const { state, text, format } = props;
  const here = useRun();
  const service = useServiceRun();
  const run = state.where === 'here' ? here : service;
  const [kept, setKept] = useState<readonly Group[]>([]);
  const jobs = jobsOf(state);
  const nameOf = (names: Parameters<typeof labelOf>[0]): string => (names.length === 0 ? text.none : labelOf(names));
  const present = groupsOf(run.runs, nameOf);
  const groups = [...kept, ...present];
  const keep = (): void => {
    const turn = text.earlier(new Set(kept.map(({ id }) => id.split('@')[1])).size + 1);
    setKept([...kept, ...groupsOf(run.runs, nameOf, turn)]);
    run.reset();
  };
  return (
    <>
      <Frame
        activity={run}
        {...(jobs.length === 0 ? {} : { onStart: () => run.start(jobs) })}
        jobs={jobs}
        controls={<Settings {...props} />}
        figure={
          groups.length === 0 ? <Plan jobs={jobs.length} text={text} /> : <Results {...{ groups, text, format }} />
        }
        table={groups.length === 0 ? nothing(text) : tableOf(groups, text, format)}
        metrics={present.map((group) => ({
          name: `kept-${group.id}`,
          label: text.average(group.label),
          value: endOf(group)?.mean ?? null,
          unit: 'percent' as const,
        }))}
        summary={groups.length === 0 ? text.stillSummary : summaryOf(groups, text, format)}
        resetLabel={text.clear}
      />
      <div className="scene lab-below">
        {run.phase === 'done' && present.length > 0 && kept.length < 3 * mostKept ? (
          <p className="lab-keep">
            <button type="button" data-action="keep" onClick={keep}>
              {text.keep}
            </button>{' '}
            {text.keepHelp}
          </p>
        ) : null}
        {kept.length === 0 ? null : (
          <p className="lab-keep">
            <button type="button" data-action="forget" onClick={() => setKept([])}>
              {text.forget}
            </button>
          </p>
        )}
        {state.where === 'service' ? <Sent submitted={service.submitted} text={text} /> : null}
        <Take jobs={jobs} groups={groups} submitted={service.submitted} text={text} />
      </div>
    </>
  );
}

/** What stands where results will be. */
const Plan = ({ jobs, text }: { readonly jobs: number; readonly text: LabText }): ReactNode => (
  <p className="lab-plan">{text.plan(jobs)}</p>
);

const nothing = (text: LabText): FigureTable => ({ caption: text.curves, columns: [text.learned], rows: [] });

const summaryOf = (groups: readonly Group[], text: LabText, format: Format): string =>
  groups.map((group) => text.ended(group.label, withSpread(endOf(group), format))).join(' ');

/** Means over seeds after each task, and their standard errors beside them. */
function tableOf(groups: readonly Group[], text: LabText, format: Format): FigureTable {
  const curves = groups.map((group) => ({ group, points: curvesOf(group), several: group.runs.length > 1 }));
  const tasks = Math.max(...curves.map(({ points }) => points.length));
  return {
    caption: text.curves,
    columns: [
      text.learned,
      ...curves.flatMap(({ group, several }) => [group.label, ...(several ? [`± ${group.label}`] : [])]),
    ],
    rows: Array.from({ length: tasks }, (_, i) => [
      String(i + 1),
      ...curves.flatMap(({ points, several }) => {
        const point = points[i];
        const mean = point === undefined ? '' : format.number(100 * point.mean, 1);
        const spread = point?.spread == null ? '' : format.number(100 * point.spread, 1);
        return several ? [mean, spread] : [mean];
      }),
    ]),
  };
}

/** Runs that were sent to the service, and how they are. */
function Sent({ submitted, text }: { readonly submitted: readonly Submitted[]; readonly text: LabText }): ReactNode {
  if (submitted.length === 0) return <p>{text.serviceHelp}</p>;
  return (
    <ul className="lab-sent">
      {submitted.map(({ id, job, status }) => (
        <li key={id} data-status={status}>
          <a href={`/v1/runs/${id}`}>{job}</a> {text.statuses[status]}
        </li>
      ))}
    </ul>
  );
}

export const scene = defineScene({
  id: 'lab',
  badge: 'live',
  text: labText,
  still: {
    badge: 'live',
    Figure: () => null,
    table: ({ text }) => nothing(text),
  },
  state: schema,
  Component: Lab,
});
