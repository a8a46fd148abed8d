import { scaleLinear } from 'd3-scale';
import { createElement as h } from 'react';
import type { ReactNode } from 'react';
import { figure } from './figure.ts';
import type { FigureText } from './figure.ts';
import { seriesStyle } from './palette.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Drawn as a whisker up and down. */
  readonly spread?: number;
  /** Which colour; the same thing keeps its number wherever it is drawn. */
  readonly look: number;
  /** The number beside the bar. */
  readonly shown: string;
}

export interface BarsChartProps extends FigureText {
  readonly bars: readonly Bar[];
  /** The value at the right edge; bars start at zero. */
  readonly to: number;
}

const width = 440;
const rowHeight = 46;
const barHeight = 18;
const room = { left: 4, right: 64 };

/** Lying bars with their names above them: as legible on a telephone as on a wide screen. */
export function BarsChart({ bars, to, ...text }: BarsChartProps): ReactNode {
  const x = scaleLinear([0, to], [room.left, width - room.right]).clamp(true);
  return figure(text, width, rowHeight * bars.length + 6, [
    ...bars.map(({ label, value, spread = 0, look, shown }, index) => {
      const top = rowHeight * index + 20;
      const middle = top + barHeight / 2;
      return h('g', { key: `b${index}` }, [
        h('text', { key: 'label', x: room.left, y: top - 6 }, label),
        h('rect', {
          key: 'rail',
          x: room.left,
          y: top,
          width: x(to) - room.left,
          height: barHeight,
          fill: 'currentColor',
          fillOpacity: 0.08,
        }),
        h('rect', {
          key: 'bar',
          x: room.left,
          y: top,
          width: Math.max(0, x(value) - room.left),
          height: barHeight,
          fill: seriesStyle(look).colour,
        }),
        spread > 0
          ? h('line', {
              key: 'spread',
              x1: x(value - spread),
              x2: x(value + spread),
              y1: middle,
              y2: middle,
              stroke: 'currentColor',
              strokeWidth: 2,
            })
          : null,
        h('line', {
          key: 'zero',
          x1: room.left,
          x2: room.left,
          y1: top - 2,
          y2: top + barHeight + 2,
          stroke: 'currentColor',
          strokeWidth: 2,
        }),
        h('text', { key: 'value', x: width - room.right + 8, y: middle + 5 }, shown),
      ]);
    }),
  ]);
}
