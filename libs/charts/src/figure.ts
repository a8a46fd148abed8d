import { createElement as h } from 'react';
import type { ReactNode } from 'react';

export interface FigureText {
  /** Unique on its page; the SVG's title and description are found by it. */
  readonly id: string;
  readonly title: string;
  /** What can be seen, in words. */
  readonly description: string;
}

/** An SVG with a name and a description for those who cannot see it. Colours of text and lines follow the page. */
export const figure = (
  { id, title, description }: FigureText,
  width: number,
  height: number,
  children: ReactNode,
): ReactNode =>
  h(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
      fontFamily: 'system-ui, sans-serif',
      fontSize: 12,
      fill: 'currentColor',
    },
    h('title', { id: `${id}-title` }, title),
    h('desc', { id: `${id}-description` }, description),
    children,
  );
