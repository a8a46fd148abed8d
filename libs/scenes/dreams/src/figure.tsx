import { BarsChart } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import { pixelImage } from '@engram/scene-net-parts';
import type { ReactNode } from 'react';
import type { Dreamed } from './dreaming.ts';
import { shownPerDigit } from './experiment.ts';
import type { Text } from './messages.en.ts';

const side = 28;
const scale = 1.6;
const cell = side * scale + 6;
const nameWidth = 34;
const shareWidth = 96;
const headHeight = 24;
const width = nameWidth + shownPerDigit * cell + shareWidth;

interface GridProps {
  readonly id: string;
  readonly dreams: readonly Dreamed[];
  /** The digit asked for. */
  readonly chosen: number;
  readonly text: Text;
  readonly format: Format;
}

/** A row of dreams for each digit learned so far, and what the judge takes them for. */
export const Dreams = ({ id, dreams, chosen, text, format }: GridProps): ReactNode => (
  <svg
    viewBox={`0 0 ${width} ${headHeight + dreams.length * cell}`}
    width={width}
    height={headHeight + dreams.length * cell}
    role="img"
    aria-labelledby={`${id}-title ${id}-description`}
    fontSize={13}
    fill="currentColor"
  >
    <title id={`${id}-title`}>{text.gridTitle}</title>
    <desc id={`${id}-description`}>
      {dreams.map(({ digit, judged }) => text.rowSummary(digit, format.percent(judged))).join(' ')}
    </desc>
    <text x={width - 4} y={14} textAnchor="end">
      {text.judgedShort}
    </text>
    {dreams.map((row, i) => (
      <g key={row.digit} transform={`translate(0 ${headHeight + i * cell})`}>
        {row.digit === chosen ? (
          <rect
            x={1}
            y={-2}
            width={width - 2}
            height={cell - 2}
            rx={4}
            fill="none"
            stroke="currentColor"
            strokeWidth={2}
          />
        ) : null}
        <text x={12} y={cell / 2 + 3} fontWeight={row.digit === chosen ? 'bold' : 'normal'}>
          {row.digit}
        </text>
        {pictures(row).map((href, k) => (
          <image key={k} href={href} x={nameWidth + k * cell} y={1} width={side * scale} height={side * scale} />
        ))}
        <text x={width - shareWidth + 8} y={cell / 2 + 3}>
          {row.asked === 0 ? text.neverDreamed : format.percent(row.judged)}
        </text>
      </g>
    ))}
  </svg>
);

/** Ink on paper, as the digits were written. */
const pictures = ({ pictures: pixels }: Dreamed): readonly string[] =>
  Array.from({ length: Math.floor(pixels.length / side ** 2) }, (_, k) =>
    pixelImage(
      side,
      side,
      Array.from(pixels.slice(k * side ** 2, (k + 1) * side ** 2), (value) => {
        const grey = (255 - value).toString(16).padStart(2, '0');
        return `#${grey}${grey}${grey}`;
      }),
    ),
  );

export interface Past {
  /** Accuracy on all tasks but the last, at the end. */
  readonly withDreams: number | null;
  readonly without: number | null;
}

/** How much of the past is left, with and without dreams. */
export const PastBars = ({ id, past, text, format }: PastProps): ReactNode => (
  <BarsChart
    id={id}
    title={text.pastTitle}
    description={text.pastTitle}
    to={1}
    bars={bars(past, text).map(({ label, value, look }) => ({ label, value, look, shown: format.percent(value) }))}
  />
);

interface PastProps {
  readonly id: string;
  readonly past: Past;
  readonly text: Text;
  readonly format: Format;
}

const bars = ({ withDreams, without }: Past, text: Text) => [
  ...(withDreams === null ? [] : [{ label: text.withDreams, value: withDreams, look: 2 }]),
  ...(without === null ? [] : [{ label: text.without, value: without, look: 7 }]),
];

export const tableOf = (dreams: readonly Dreamed[], past: Past, text: Text, format: Format): FigureTable => ({
  caption: text.tableCaption,
  columns: [text.what, text.asked, text.named, text.judged, text.pastTitle],
  rows: [
    ...dreams.map(({ digit, asked, named, judged }) => [
      text.dreamsOf(digit),
      format.number(asked),
      format.percent(named),
      format.percent(judged),
      '–',
    ]),
    ...bars(past, text).map(({ label, value }) => [label, '–', '–', '–', format.percent(value)]),
  ],
});
