import { LinesChart } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import type { Text } from './messages.en.ts';
import type { Findings } from './study.ts';

interface LesionFigureProps {
  readonly findings: Findings;
  readonly practise: boolean;
  readonly text: Text;
  readonly format: Format;
}

/** How far back reports on H.M. disagree, in years (Corkin 2002). */
const disputedYears = 11;

export const summaryOf = ({ surgery, remote, recent, afterwards }: Findings, text: Text, format: Format): string =>
  text.summary(
    format.percent(surgery.fraction),
    format.percent(remote.mean),
    format.percent(recent.mean),
    format.percent(afterwards.mean),
  );

/** What is recalled of each year, and the errors of mirror drawing if it is practised. */
export function LesionFigure({ findings, practise, text, format }: LesionFigureProps): ReactNode {
  const { surgery, recall, skill } = findings;
  const whole = (value: number) => format.number(value, 0);
  return (
    <>
      <LinesChart
        id={`lesion-recall-${surgery.year}`}
        title={text.title}
        description={summaryOf(findings, text, format)}
        series={[
          {
            label: text.recalled,
            look: 0,
            points: recall.map(({ mean, spread }, year) => ({ x: year + 1, y: mean, spread })),
          },
        ]}
        x={{ label: text.xAxis, from: 1, to: recall.length, format: whole }}
        y={{ label: text.yAxis, from: 0, to: 1, format: format.percent }}
        events={[{ x: surgery.year + 0.5, label: text.surgery }]}
        spans={[
          { from: Math.max(1, surgery.year + 0.5 - disputedYears), to: surgery.year + 0.5, label: text.disputed },
        ]}
      />
      {practise ? (
        <LinesChart
          id="lesion-skill"
          title={text.skillTitle}
          description={skillSummaryOf(findings, text, format)}
          series={[
            {
              label: text.skillTitle,
              look: 2,
              points: skill.map(({ mean, spread }, trial) => ({ x: trial + 1, y: mean, spread })),
            },
          ]}
          x={{ label: text.trial, from: 1, to: skill.length, format: whole }}
          y={{ label: text.error, from: 0, to: 1.5, format: (value) => format.number(value, 1) }}
        />
      ) : null}
      <ul className="scene-notes">
        {text.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

const skillSummaryOf = ({ skill }: Findings, text: Text, format: Format): string =>
  text.skillSummary(format.number(skill[0]?.mean ?? 0), format.number(skill.at(-1)?.mean ?? 0));

export const tableOf = ({ recall }: Findings, text: Text, format: Format): FigureTable => ({
  caption: text.title,
  columns: [text.xAxis, text.recalled, text.spread],
  rows: recall.map(({ mean, spread }, year) => [
    text.row(String(year + 1)),
    format.percent(mean),
    format.percent(spread),
  ]),
});
