import { BarsChart } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import { idOf, parts, variantsOf } from './experiment.ts';
import type { Kept, Part, View } from './experiment.ts';
import type { Text } from './messages.en.ts';

/** What a set of parts is called in a comparison. */
export function nameOf(variant: readonly Part[], view: View, text: Text): string {
  if (variant.length === 0) return text.plain;
  if (variant.length === parts.length) return text.whole;
  const missing = parts.filter((part) => !variant.includes(part));
  return view === 'leave'
    ? text.without(text.parts[missing[0] ?? 'feedback'])
    : text.only(variant.map((part) => text.parts[part]));
}

/** A colour for each part; grey for plain replay. */
function lookOf(variant: readonly Part[], view: View): number {
  if (variant.length === 0) return 7;
  if (variant.length === parts.length) return 2;
  const [part] = view === 'leave' ? parts.filter((other) => !variant.includes(other)) : variant;
  return [0, 1, 3, 4][parts.indexOf(part ?? 'feedback')] ?? 0;
}

interface BarsProps {
  readonly id: string;
  readonly view: View;
  readonly chosen: readonly Part[];
  readonly kept: readonly Kept[];
  readonly text: Text;
  readonly format: Format;
}

/** One comparison, as far as it has been trained. */
export const Bars = ({ id, view, chosen, kept, text, format }: BarsProps): ReactNode => (
  <div>
    <p>{text.views[view]}</p>
    <BarsChart
      id={`bir-${id}`}
      title={text.views[view]}
      description={text.figure}
      to={1}
      bars={keptIn(view, chosen, kept).map(({ variant, mean }) => ({
        label: nameOf(variant, view, text),
        value: mean,
        look: lookOf(variant, view),
        shown: format.percent(mean),
      }))}
    />
  </div>
);

const keptIn = (view: View, chosen: readonly Part[], kept: readonly Kept[]): readonly Kept[] =>
  variantsOf(view, chosen).flatMap((variant) => kept.find((own) => idOf(own.variant) === idOf(variant)) ?? []);

export const tableOf = (
  compared: readonly (readonly [View, readonly Part[]])[],
  kept: readonly Kept[],
  text: Text,
  format: Format,
): FigureTable => ({
  caption: text.figure,
  columns: [text.replay, text.accuracy],
  rows: compared.flatMap(([view, chosen]) =>
    keptIn(view, chosen, kept).map(({ variant, mean }) => [nameOf(variant, view, text), format.percent(mean)]),
  ),
});
