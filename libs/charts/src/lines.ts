import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { createElement as h } from 'react';
import type { ReactNode } from 'react';
import { figure } from './figure.ts';
import type { FigureText } from './figure.ts';
import { mark, seriesStyle } from './palette.ts';

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** Drawn as a band, for example one standard deviation up and down. */
  readonly spread?: number;
}

export interface LineSeries {
  readonly label: string;
  readonly points: readonly LinePoint[];
  /** Which colour, dash and mark; the same thing keeps its number wherever it is drawn. */
  readonly look: number;
}

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly format: (value: number) => string;
}

export interface LinesChartProps extends FigureText {
  readonly series: readonly LineSeries[];
  readonly x: Axis;
  readonly y: Axis;
  /** Something that happens at one x, as an upright line with its name. */
  readonly events?: readonly { readonly x: number; readonly label: string }[];
  /** Stretches of x, hatched and named. */
  readonly spans?: readonly { readonly from: number; readonly to: number; readonly label: string }[];
}

const width = 440;
const plotHeight = 230;
const margin = { right: 14, bottom: 44, left: 58 };
const row = 20;
const mostMarks = 15;

/** Lines over a numeric axis, legible on a telephone: the names of the series stand above the plot. */
export function LinesChart({
  series,
  x: xAxis,
  y: yAxis,
  events = [],
  spans = [],
  ...text
}: LinesChartProps): ReactNode {
  const top = row * (series.length + Number(events.length + spans.length > 0)) + 12;
  const bottom = top + plotHeight;
  const x = scaleLinear([xAxis.from, xAxis.to], [margin.left, width - margin.right]);
  const y = scaleLinear([yAxis.from, yAxis.to], [bottom, top]).clamp(true);
  const middleX = (margin.left + width - margin.right) / 2;
  return figure(text, width, bottom + margin.bottom, [
    h(
      'defs',
      { key: 'defs' },
      h(
        'pattern',
        { id: `${text.id}-hatch`, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        h('line', { x1: 0, x2: 0, y1: 0, y2: 6, stroke: 'currentColor', strokeOpacity: 0.35 }),
      ),
    ),
    ...spans.map(({ from, to, label }) =>
      h('g', { key: `span${from}` }, [
        h('rect', {
          key: 'box',
          x: x(from),
          y: top,
          width: Math.max(0, x(to) - x(from)),
          height: plotHeight,
          fill: `url(#${text.id}-hatch)`,
        }),
        h('text', { key: 'name', x: x(to) - 6, y: top - 6, textAnchor: 'end' }, label),
      ]),
    ),
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
        h('text', { key: 'text', x: margin.left - 6, y: y(tick) + 4, textAnchor: 'end' }, yAxis.format(tick)),
      ]),
    ),
    ...x
      .ticks(6)
      .map((tick) =>
        h('text', { key: `x${tick}`, x: x(tick), y: bottom + 18, textAnchor: 'middle' }, xAxis.format(tick)),
      ),
    h('text', { key: 'x', x: middleX, y: bottom + 38, textAnchor: 'middle' }, xAxis.label),
    h(
      'text',
      {
        key: 'y',
        x: 12,
        y: top + plotHeight / 2,
        transform: `rotate(-90 12 ${top + plotHeight / 2})`,
        textAnchor: 'middle',
      },
      yAxis.label,
    ),
    ...events.map(({ x: at, label }) =>
      h('g', { key: `event${at}` }, [
        h('line', { key: 'line', x1: x(at), x2: x(at), y1: top, y2: bottom, stroke: 'currentColor', strokeWidth: 1.5 }),
        h('text', { key: 'name', x: x(at) + 4, y: top - 6 }, label),
      ]),
    ),
    ...series.map(({ label, points, look }, index) => {
      const { colour, dash, shape } = seriesStyle(look);
      const band = area<LinePoint>()
        .x((point) => x(point.x))
        .y0((point) => y(point.y - (point.spread ?? 0)))
        .y1((point) => y(point.y + (point.spread ?? 0)));
      const middle = line<LinePoint>()
        .x((point) => x(point.x))
        .y((point) => y(point.y));
      const height = row * index + 14;
      const strokes = { stroke: colour, strokeWidth: 2, strokeDasharray: dash || undefined, fill: 'none' };
      return h('g', { key: `s${index}` }, [
        h('path', { key: 'band', d: band([...points]) ?? '', fill: colour, fillOpacity: 0.15 }),
        h('path', { key: 'line', d: middle([...points]) ?? '', ...strokes }),
        ...(points.length <= mostMarks
          ? points.map((point, i) => mark(shape, x(point.x), y(point.y), colour, `m${i}`))
          : []),
        h('line', { key: 'sample', x1: margin.left, x2: margin.left + 28, y1: height, y2: height, ...strokes }),
        mark(shape, margin.left + 14, height, colour, 'legend'),
        h('text', { key: 'label', x: margin.left + 36, y: height + 4 }, label),
      ]);
    }),
  ]);
}
