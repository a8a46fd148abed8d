import { LinesChart } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import { amounts, scenarios } from './experiment.ts';
import type { Kept, State } from './experiment.ts';
import type { Text } from './messages.en.ts';

interface FigureProps {
  readonly id: string;
  readonly kept: readonly Kept[];
  readonly guesses?: Pick<State, 'guessClass' | 'guessTask'>;
  readonly text: Text;
  readonly format: Format;
}

/** What is kept over how much is replayed. The amounts stand at equal distances, close to a logarithmic axis. */
export const Figure = ({ id, kept, guesses, text, format }: FigureProps): ReactNode => (
  <LinesChart
    id={`little-replay-${id}`}
    title={text.title}
    description={text.figure}
    series={scenarios.flatMap((scenario, look) => {
      const own = kept.filter((point) => point.scenario === scenario);
      const points = own.map(({ amount, mean, spread }) => ({ x: amounts.indexOf(amount), y: mean, spread }));
      return points.length === 0 ? [] : [{ label: text.scenarios[scenario], look: look + 1, points }];
    })}
    x={{ label: text.axis, from: -0.2, to: amounts.length - 0.8, format: (at) => amounts[at] ?? '' }}
    y={{ label: text.accuracy, from: 0, to: 1, format: format.percent }}
    events={
      guesses === undefined
        ? []
        : guesses.guessClass === guesses.guessTask
          ? [{ x: guesses.guessClass, label: text.guessBoth }]
          : [
              { x: guesses.guessClass, label: text.guess.class },
              { x: guesses.guessTask, label: text.guess.task },
            ]
    }
  />
);

export const tableOf = (kept: readonly Kept[], text: Text, format: Format): FigureTable => ({
  caption: text.figure,
  columns: [text.axis, text.told, text.accuracy, text.spread, text.seeds],
  rows: kept.map(({ scenario, amount, mean, spread, seeds }) => [
    amount,
    text.scenarios[scenario],
    format.percent(mean),
    seeds > 1 ? `± ${format.percent(spread)}` : '–',
    format.number(seeds),
  ]),
});
