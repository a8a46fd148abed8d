import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { createElement as h } from 'react';
import type { ReactNode } from 'react';
import { figure } from './figure.ts';
import type { FigureText } from './figure.ts';
import { mark, seriesStyle } from './palette.ts';

export interface CurveSeries {
  readonly label: string;
  /** One point per task learned; `spread` is drawn as a band, for example the standard error. */
  readonly points: readonly { readonly mean: number; readonly spread: number | null }[];
}

export interface CurvesChartProps extends FigureText {
  readonly series: readonly CurveSeries[];
  readonly labels: { readonly x: string; readonly y: string };
}

const width = 680;
const height = 340;
const margin = { top: 16, right: 150, bottom: 44, left: 64 };
const labelGap = 16;

/** Accuracy over tasks learned: mean and band of each series, with its name at its end. */
export function CurvesChart({ series, labels, ...text }: CurvesChartProps): ReactNode {
  const count = Math.max(1, ...series.map(({ points }) => points.length));
  const x = scaleLinear([1, Math.max(2, count)], [margin.left, width - margin.right]);
  const y = scaleLinear([0, 1], [height - margin.bottom, margin.top]);
  const ends = spreadApart(series.map(({ points }) => y(points.at(-1)?.mean ?? 0)));
  const ticks = x.ticks(Math.min(count, 10)).filter(Number.isInteger);
  return figure(text, width, height, [
    ...y.ticks(5).map((tick) =>
      h('g', { key: `y${tick}` }, [
        h('line', {
          key: 'line',
          x1: margin.left,
          x2: width - margin.right,
          y1: y(tick),
          y2: y(tick),
          stroke: 'currentColor',
          strokeOpacity: 0.15,
        }),
        h(
          'text',
          { key: 'text', x: margin.left - 8, y: y(tick) + 4, textAnchor: 'end' },
          `${Math.round(100 * tick)} %`,
        ),
      ]),
    ),
    ...ticks.map((tick) =>
      h('text', { key: `x${tick}`, x: x(tick), y: height - margin.bottom + 18, textAnchor: 'middle' }, tick),
    ),
    h('text', { key: 'x', x: (margin.left + width - margin.right) / 2, y: height - 6, textAnchor: 'middle' }, labels.x),
    h(
      'text',
      { key: 'y', x: 12, y: height / 2, transform: `rotate(-90 12 ${height / 2})`, textAnchor: 'middle' },
      labels.y,
    ),
    ...series.map(({ label, points }, index) => {
      const { colour, dash, shape } = seriesStyle(index);
      const indexed = points.map((point, i) => ({ ...point, i }));
      const band = area<(typeof indexed)[number]>()
        .x(({ i }) => x(i + 1))
        .y0(({ mean, spread }) => y(Math.max(0, mean - (spread ?? 0))))
        .y1(({ mean, spread }) => y(Math.min(1, mean + (spread ?? 0))));
      const middle = line<(typeof indexed)[number]>()
        .x(({ i }) => x(i + 1))
        .y(({ mean }) => y(mean));
      const end = ends[index] ?? 0;
      return h('g', { key: `s${index}` }, [
        h('path', { key: 'band', d: band(indexed) ?? '', fill: colour, fillOpacity: 0.15 }),
        h('path', {
          key: 'line',
          d: middle(indexed) ?? '',
          fill: 'none',
          stroke: colour,
          strokeWidth: 2,
          strokeDasharray: dash || undefined,
        }),
        ...(points.length <= 30 ? indexed.map(({ i, mean }) => mark(shape, x(i + 1), y(mean), colour, `m${i}`)) : []),
        mark(shape, width - margin.right + 14, end, colour, 'end'),
        h('text', { key: 'label', x: width - margin.right + 24, y: end + 4 }, label),
      ]);
    }),
  ]);
}

/** Heights of labels at least `labelGap` apart and inside the plot, each as near to its wish as the others allow. */
function spreadApart(wishes: readonly number[]): readonly number[] {
  const order = [...wishes.keys()].sort((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0));
  const placed: number[] = [];
  let last = margin.top - labelGap;
  for (const index of order) {
    last = Math.max(last + labelGap, wishes[index] ?? 0);
    placed[index] = last;
  }
  const over = Math.max(0, last - (height - margin.bottom));
  return placed.map((value) => value - over);
}
