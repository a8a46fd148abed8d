import { LinesChart } from '@engram/charts';
import type { LinePoint, LineSeries } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import { chance, onlyTheLast } from './curves.ts';
import type { Method } from './experiment.ts';
import type { Text } from './messages.en.ts';

export interface Curve {
  readonly method: Method;
  readonly points: readonly { readonly mean: number; readonly spread?: number }[];
}

/** A method keeps its colour wherever it is drawn. */
const looks: Readonly<Record<Method, number>> = { none: 7, ewc: 0, si: 4, xdg: 2, 'ewc+xdg': 1 };
const references = { chance: 5, last: 6 } as const;

interface CurvesProps {
  readonly id: string;
  readonly curves: readonly Curve[];
  readonly tasks: number;
  readonly guess: number;
  readonly text: Text;
  readonly format: Format;
}

/** Accuracy over tasks learned, with two lines to measure against: guessing, and knowing nothing but the last task. */
export function Curves({ id, curves, tasks, guess, text, format }: CurvesProps): ReactNode {
  const to = Math.max(2, tasks);
  const every = (value: (k: number) => number): readonly LinePoint[] =>
    Array.from({ length: to }, (_, k) => ({ x: k + 1, y: value(k + 1) }));
  const series: readonly LineSeries[] = [
    ...curves.map(({ method, points }) => ({
      label: text.method[method],
      look: looks[method],
      points: points.map(({ mean, spread }, k) => ({ x: k + 1, y: mean, ...(spread === undefined ? {} : { spread }) })),
    })),
    { label: text.onlyTheLast, look: references.last, points: every(onlyTheLast) },
    { label: text.chance, look: references.chance, points: every(() => chance) },
  ];
  return (
    <LinesChart
      id={id}
      title={text.caption}
      description={text.claim}
      series={series}
      x={{ label: text.axisTasks, from: 1, to, format: (value) => format.number(value, 0) }}
      y={{ label: text.axisAccuracy, from: 0, to: 1, format: format.percent }}
      events={guess > 0 && guess <= to ? [{ x: guess, label: text.guessed }] : []}
    />
  );
}

/** Rows of the table: every task up to ten, then every tenth. */
export function tableOf(curves: readonly Curve[], text: Text, format: Format): FigureTable {
  const length = Math.max(0, ...curves.map(({ points }) => points.length));
  const rows = Array.from({ length }, (_, k) => k + 1).filter((k) => k <= 10 || k % 10 === 0 || k === length);
  return {
    caption: text.caption,
    columns: [text.axisTasks, ...curves.map(({ method }) => text.method[method]), text.onlyTheLast, text.chance],
    rows: rows.map((k) => [
      format.number(k, 0),
      ...curves.map(({ points }) => {
        const point = points[k - 1];
        return point === undefined ? '' : format.percent(point.mean);
      }),
      format.percent(onlyTheLast(k)),
      format.percent(chance),
    ]),
  };
}
