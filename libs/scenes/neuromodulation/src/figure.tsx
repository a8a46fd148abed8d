import { AccuracyMatrixChart, BarsChart, LinesChart } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import { endOf, protocols } from './experiment.ts';
import type { Protocol } from './experiment.ts';
import type { Text } from './messages.en.ts';
import { plasticity } from './plasticity.ts';

export type Matrices = Readonly<Partial<Record<Protocol, readonly (readonly number[])[]>>>;

const looks: Readonly<Record<Protocol, number>> = { batch: 1, row: 0, plain: 7 };

interface FigureProps {
  readonly id: string;
  readonly matrices: Matrices;
  readonly level?: number;
  readonly text: Text;
  readonly format: Format;
}

/** The curve, what is left at the end under each protocol, and how it came about. */
export const Figure = ({ id, matrices, level, text, format }: FigureProps): ReactNode => {
  const ended = protocols.flatMap((protocol) => {
    const value = endOf(matrices[protocol] ?? []);
    return value === null ? [] : [{ protocol, value }];
  });
  return (
    <div className="side-by-side">
      <div>
        <p>{text.curveTitle}</p>
        <LinesChart
          id={`naca-${id}-curve`}
          title={text.curveTitle}
          description={text.curve}
          series={[
            {
              label: text.curveName,
              look: 3,
              points: Array.from({ length: 41 }, (_, i) => ({ x: i / 40, y: -plasticity(i / 40) })),
            },
          ]}
          x={{ label: text.level, from: 0, to: 1, format: (value) => format.number(value, 1) }}
          y={{ label: text.change, from: -1.3, to: 1.3, format: (value) => format.number(value, 1) }}
          {...(level === undefined ? {} : { events: [{ x: level, label: text.here }] })}
        />
      </div>
      {ended.length === 0 ? null : (
        <div>
          <p>{text.endTitle}</p>
          <BarsChart
            id={`naca-${id}-end`}
            title={text.endTitle}
            description={text.end}
            to={1}
            bars={ended.map(({ protocol, value }) => ({
              label: text.protocols[protocol],
              value,
              look: looks[protocol],
              shown: format.percent(value),
            }))}
          />
        </div>
      )}
      {protocols
        .filter((protocol) => protocol !== 'plain' && matrices[protocol] !== undefined)
        .map((protocol) => (
          <div key={protocol}>
            <p>{text.protocols[protocol]}</p>
            <AccuracyMatrixChart
              id={`naca-${id}-${protocol}`}
              title={text.protocols[protocol]}
              description={text.matrix}
              matrix={matrices[protocol] ?? []}
              labels={{ tested: text.tested, learned: text.learned }}
            />
          </div>
        ))}
    </div>
  );
};

export const tableOf = (matrices: Matrices, text: Text, format: Format): FigureTable => ({
  caption: text.end,
  columns: [text.protocol, ...(matrices.batch?.[0] ?? []).map((_, j) => `${text.tested} ${j + 1}`)],
  rows: protocols.flatMap((protocol) => {
    const last = matrices[protocol]?.at(-1);
    return last === undefined ? [] : [[text.protocols[protocol], ...last.map((value) => format.percent(value))]];
  }),
});
