import { LinesChart } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import type { Text } from './messages.en.ts';

export interface Curve {
  readonly id: 'open' | 'gated';
  readonly label: string;
  readonly means: readonly number[];
}

/** Mean accuracy on the tasks learned so far, from R[i][j] with the untrained row first. */
export const meansOf = (matrix: readonly (readonly number[])[]): readonly number[] =>
  matrix.slice(1).map((row, i) => row.slice(0, i + 1).reduce((sum, value) => sum + value, 0) / (i + 1));

/** Names of the two curves. */
export const labelsOf = (text: Text, springs: boolean): Readonly<Record<Curve['id'], string>> =>
  springs ? { open: text.openSprings, gated: text.gatesSprings } : { open: text.open, gated: text.gates };

interface CurvesProps {
  readonly id: string;
  readonly curves: readonly Curve[];
  readonly tasks: number;
  /** Springs have one colour, springs with gates another, as everywhere. */
  readonly springs: boolean;
  readonly text: Text;
  readonly format: Format;
}

export const Curves = ({ id, curves, tasks, springs, text, format }: CurvesProps): ReactNode => (
  <LinesChart
    id={id}
    title={text.caption}
    description={text.claim}
    series={curves.map((curve) => ({
      label: curve.label,
      look: looks[springs ? 'springs' : 'plain'][curve.id],
      points: curve.means.map((y, k) => ({ x: k + 1, y })),
    }))}
    x={{ label: text.axisTasks, from: 1, to: Math.max(2, tasks), format: (value) => format.number(value, 0) }}
    y={{ label: text.axisAccuracy, from: 0, to: 1, format: format.percent }}
  />
);

const looks = { plain: { open: 7, gated: 2 }, springs: { open: 0, gated: 1 } } as const;

export const tableOf = (curves: readonly Curve[], text: Text, format: Format): FigureTable => ({
  caption: text.caption,
  columns: [text.axisTasks, ...curves.map(({ label }) => label)],
  rows: Array.from({ length: Math.max(0, ...curves.map(({ means }) => means.length)) }, (_, k) => [
    format.number(k + 1, 0),
    ...curves.map(({ means }) => {
      const mean = means[k];
      return mean === undefined ? '' : format.percent(mean);
    }),
  ]),
});
