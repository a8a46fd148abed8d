import { BarsChart } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import type { Cure, Kept } from './experiment.ts';
import type { Text } from './messages.en.ts';

/** Bars under one title. */
export interface Group {
  readonly id: string;
  readonly title: string;
  readonly kept: readonly Kept[];
}

const looks: Readonly<Record<Cure, number>> = { none: 7, replay: 2, 'replay-ewc': 1, 'replay-si': 0 };

interface FigureProps {
  readonly groups: readonly Group[];
  readonly text: Text;
  readonly format: Format;
}

/** A group of bars for each kind of pictures, and what is missing. */
export const Figure = ({ groups, text, format }: FigureProps): ReactNode => (
  <div className="side-by-side">
    {groups.map(({ id, title, kept }) => (
      <div key={id}>
        <p>{title}</p>
        <BarsChart
          id={`harder-${id}`}
          title={title}
          description={text.figure}
          to={1}
          bars={kept.map(({ cure, mean }) => ({
            label: text.cures[cure],
            value: mean,
            look: looks[cure],
            shown: format.percent(mean),
          }))}
        />
      </div>
    ))}
    <div>
      <p>{text.photographs}</p>
      <small>{text.missing}</small>
    </div>
  </div>
);

export const tableOf = (groups: readonly Group[], text: Text, format: Format): FigureTable => ({
  caption: text.figure,
  columns: [text.what, text.cure, text.accuracy],
  rows: groups.flatMap(({ title, kept }) =>
    kept.map(({ cure, mean }) => [title, text.cures[cure], format.percent(mean)]),
  ),
});
