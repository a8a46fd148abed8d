import { createElement as h } from 'react';
import type { ReactNode } from 'react';

export interface DataTableProps {
  readonly caption: string;
  /** The first is the heading of the row headings. */
  readonly columns: readonly string[];
  /** The first cell heads its row. */
  readonly rows: readonly (readonly string[])[];
}

/** The numbers of a figure as a table that can be read out and copied. */
export const DataTable = ({ caption, columns, rows }: DataTableProps): ReactNode =>
  h(
    'table',
    null,
    h('caption', null, caption),
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        columns.map((column, i) => h('th', { key: i, scope: 'col' }, column)),
      ),
    ),
    h(
      'tbody',
      null,
      rows.map((row, r) =>
        h(
          'tr',
          { key: r },
          row.map((value, c) => (c === 0 ? h('th', { key: c, scope: 'row' }, value) : h('td', { key: c }, value))),
        ),
      ),
    ),
  );
