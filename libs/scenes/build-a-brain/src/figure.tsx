import { BarsChart } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import type { Entry } from './leaderboard.ts';
import type { Text } from './messages.en.ts';

export interface Budget {
  readonly bytes: number;
  readonly multiplyAdds: number;
}

export const isWithin = (budget: Budget, cost: Budget): boolean =>
  cost.bytes <= budget.bytes && cost.multiplyAdds <= budget.multiplyAdds;

/** `Springs (EWC) + Gates (XdG), 100 units` */
export function nameOf({ parts, hidden }: Pick<Entry, 'parts' | 'hidden'>, text: Text, format: Format): string {
  const names: Readonly<Record<string, string>> = text.part;
  const joined = parts.map((part) => names[part] ?? part).join(' + ') || text.none;
  return `${joined}, ${text.units(format.number(hidden, 0))}`;
}

export const megabytes = (bytes: number, text: Text, format: Format): string =>
  text.megabytes(format.number(bytes / 1e6, 2));
export const operations = (multiplyAdds: number, text: Text, format: Format): string =>
  text.operations(format.number(multiplyAdds / 1e9, 1));

interface BoardProps {
  readonly id: string;
  readonly board: readonly Entry[];
  readonly budget: Budget;
  readonly text: Text;
  readonly format: Format;
}

/** A colour for what keeps to the budget and another for what does not; the words say it as well. */
const looks = { within: 2, over: 7 } as const;

export const Board = ({ id, board, budget, text, format }: BoardProps): ReactNode => (
  <BarsChart
    id={id}
    title={text.boardTitle}
    description={text.claim}
    to={1}
    bars={board.map((entry) => {
      const within = isWithin(budget, entry);
      return {
        label: `${nameOf(entry, text, format)}: ${within ? text.within : text.over}`,
        value: entry.accuracy,
        look: within ? looks.within : looks.over,
        shown: format.percent(entry.accuracy),
      };
    })}
  />
);

export const tableOf = (board: readonly Entry[], budget: Budget, text: Text, format: Format): FigureTable => ({
  caption: text.boardTitle,
  columns: Object.values(text.columns),
  rows: board.map((entry) => [
    nameOf(entry, text, format),
    format.percent(entry.accuracy),
    megabytes(entry.bytes, text, format),
    operations(entry.multiplyAdds, text, format),
    isWithin(budget, entry) ? text.within : text.over,
  ]),
});
