import { LinesChart } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import type { Text } from './messages.en.ts';
import { savings } from './paper.ts';
import { scoresOf } from './session.ts';
import type { History, Plan } from './session.ts';

interface Words {
  readonly text: Text;
  readonly format: Format;
}

const Notes = ({ text }: { readonly text: Text }): ReactNode => (
  <ul className="scene-notes">
    {text.notes.map((note) => (
      <li key={note}>{note}</li>
    ))}
  </ul>
);

/** Ebbinghaus's curve, its points evenly spaced since they reach from minutes to a month. */
export const PaperFigure = ({ text, format }: Words): ReactNode => (
  <>
    <LinesChart
      id="recall-paper"
      title={text.savings}
      description={text.stillSummary}
      series={[{ label: text.savings, look: 0, points: savings.map(({ saved }, i) => ({ x: i + 1, y: saved })) }]}
      x={{ label: text.hours, from: 1, to: savings.length, format: (place) => text.after[place - 1] ?? '' }}
      y={{ label: text.savings, from: 0, to: 1, format: format.percent }}
    />
    <Notes text={text} />
  </>
);

export const paperTable = ({ text, format }: Words): FigureTable => ({
  caption: text.savings,
  columns: [text.hours, text.savings],
  rows: savings.map(({ saved }, i) => [text.after[i] ?? '', format.number(saved * 100, 1) + ' %']),
});

export interface Point {
  readonly minutes: number;
  readonly all: number;
  readonly once: number;
  readonly twice: number;
}

/** The reader's tests in order, with the minutes since they studied. */
export const pointsOf = (history: History | null, plan: Plan): readonly Point[] =>
  (history?.tests ?? []).map(({ at, right }) => ({
    minutes: Math.max(0, (at - (history?.studiedAt ?? at)) / 60_000),
    ...scoresOf(right, plan),
  }));

export const summaryOf = (point: Point, { text, format }: Words): string =>
  text.summary(
    format.percent(point.all),
    format.number(point.minutes, 0),
    format.percent(point.once),
    format.percent(point.twice),
  );

/** The reader's own curve. */
export function OwnFigure({ points, text, format }: Words & { readonly points: readonly Point[] }): ReactNode {
  const last = points.at(-1);
  const line = (label: string, look: number, read: (point: Point) => number) => ({
    label,
    look,
    points: points.map((point) => ({ x: point.minutes, y: read(point) })),
  });
  return (
    <>
      <LinesChart
        id="recall-own"
        title={text.title}
        description={last === undefined ? '' : summaryOf(last, { text, format })}
        series={[line(text.once, 0, ({ once }) => once), line(text.twice, 1, ({ twice }) => twice)]}
        x={{
          label: text.minutes,
          from: 0,
          to: Math.max(10, last?.minutes ?? 0),
          format: (tick) => format.number(tick, 0),
        }}
        y={{ label: text.share, from: 0, to: 1, format: format.percent }}
      />
      <Notes text={text} />
    </>
  );
}

export const ownTable = ({ points, text, format }: Words & { readonly points: readonly Point[] }): FigureTable => ({
  caption: text.title,
  columns: [text.test, text.minutes, text.all, text.once, text.twice],
  rows: points.map(({ minutes, all, once, twice }, i) => [
    format.number(i + 1),
    format.number(minutes, 1),
    format.percent(all),
    format.percent(once),
    format.percent(twice),
  ]),
});
