import { AccuracyMatrixChart } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import type { Text } from './messages.en.ts';

export interface Shown {
  readonly id: string;
  readonly title: string;
  readonly matrix: readonly (readonly number[])[];
}

/** The accuracy matrices side by side: without and with springs. */
export const Matrices = ({ shown, text }: { readonly shown: readonly Shown[]; readonly text: Text }): ReactNode =>
  shown.map(({ id, title, matrix }) => (
    <div key={id}>
      <p>{title}</p>
      <AccuracyMatrixChart
        id={`ewc-${id}`}
        title={title}
        description={text.matrixSummary}
        matrix={matrix}
        labels={{ tested: text.tested, learned: text.learned }}
      />
    </div>
  ));

export const tableOf = (shown: readonly Shown[], text: Text, format: Format): FigureTable => ({
  caption: text.matrixSummary,
  columns: [text.learned, ...(shown[0]?.matrix[0] ?? []).map((_, j) => `${text.tested} ${j + 1}`)],
  rows: shown.flatMap(({ title, matrix }) =>
    matrix.map((row, i) => [`${title}, ${text.after(i)}`, ...row.map((value) => format.percent(value))]),
  ),
});
