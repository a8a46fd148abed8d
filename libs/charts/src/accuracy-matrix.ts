import { createElement as h } from 'react';
import type { ReactNode } from 'react';
import { figure } from './figure.ts';
import type { FigureText } from './figure.ts';
import { shade } from './palette.ts';

export interface AccuracyMatrixChartProps extends FigureText {
  /** R[i][j] as fractions, row 0 before any training. */
  readonly matrix: readonly (readonly number[])[];
  readonly labels: { readonly tested: string; readonly learned: string };
}

const cell = 34;
const left = 64;
const top = 40;
const mostPrinted = 16;

/** The accuracy matrix as a heat map; the numbers are printed while there is room. */
export function AccuracyMatrixChart({ matrix, labels, ...text }: AccuracyMatrixChartProps): ReactNode {
  const columns = matrix[0]?.length ?? 0;
  const side = columns <= mostPrinted ? cell : Math.max(6, Math.floor((cell * mostPrinted) / columns));
  const printed = side === cell;
  const every = printed ? 1 : 10;
  const width = left + columns * side + 8;
  const height = top + matrix.length * side + 8;
  return figure(text, width, height, [
    h('text', { key: 'tested', x: left, y: 14 }, labels.tested),
    h(
      'text',
      {
        key: 'learned',
        x: 12,
        y: top + (matrix.length * side) / 2,
        transform: `rotate(-90 12 ${top + (matrix.length * side) / 2})`,
        textAnchor: 'middle',
      },
      labels.learned,
    ),
    ...Array.from({ length: columns }, (_, j) =>
      j % every === 0
        ? h('text', { key: `c${j}`, x: left + (j + 0.5) * side, y: top - 8, textAnchor: 'middle' }, j + 1)
        : null,
    ),
    ...matrix.flatMap((row, i) => [
      i % every === 0
        ? h('text', { key: `r${i}`, x: left - 8, y: top + (i + 0.5) * side + 4, textAnchor: 'end' }, i)
        : null,
      ...row.map((value, j) => {
        const { background, text: ink } = shade(value);
        const x = left + j * side;
        const y = top + i * side;
        return h('g', { key: `${i}-${j}` }, [
          h('rect', { key: 'box', x, y, width: side - 1, height: side - 1, fill: background }),
          printed
            ? h(
                'text',
                { key: 'value', x: x + side / 2, y: y + side / 2 + 4, textAnchor: 'middle', fill: ink },
                Math.round(100 * value),
              )
            : null,
        ]);
      }),
    ]),
  ]);
}
