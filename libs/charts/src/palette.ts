import { createElement as h } from 'react';
import type { ReactNode } from 'react';

/** Okabe & Ito's colours, dark enough for lines on white; each series also has a dash and a mark of its own. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#7a5c00', '#56b4e9', '#e69f00', '#767676'] as const;
const dashes = ['', '6 3', '2 3', '8 3 2 3', '4 2', '1 4', '10 4', '3 3 1 3'] as const;

export interface SeriesStyle {
  readonly colour: string;
  readonly dash: string;
  /** Which of the marks of `mark`. */
  readonly shape: number;
}

/** How the n-th series looks; told apart without colour too. */
export const seriesStyle = (index: number): SeriesStyle => ({
  colour: colours[index % colours.length] ?? colours[0],
  dash: dashes[index % dashes.length] ?? '',
  shape: index % 4,
});

/** A mark of one of four shapes: circle, triangle, square, diamond. */
export function mark(shape: number, x: number, y: number, fill: string, key: string): ReactNode {
  const paths = ['M0-4A4 4 0 1 1 0 4A4 4 0 1 1 0-4', 'M0-5L5 4L-5 4Z', 'M-4-4H4V4H-4Z', 'M0-5L5 0L0 5L-5 0Z'];
  return h('path', { key, d: paths[shape] ?? paths[0], transform: `translate(${x} ${y})`, fill });
}

/** Dark blue over grey to yellow, even in lightness and the same with any colour vision (after cividis). */
const ramp = [
  '#00224e',
  '#123570',
  '#3b496c',
  '#575d6d',
  '#707173',
  '#8a8678',
  '#a59c74',
  '#c3b369',
  '#e1cc55',
  '#fee838',
] as const;

export interface Shade {
  readonly background: string;
  readonly text: string;
}

/** Background and readable text for a fraction from 0 to 1. */
export function shade(fraction: number): Shade {
  const step = Math.min(ramp.length - 1, Math.max(0, Math.floor(fraction * ramp.length)));
  return { background: ramp[step] ?? ramp[0], text: step >= 5 ? '#000000' : '#ffffff' };
}
