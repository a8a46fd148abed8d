import { LinesChart } from '@engram/charts';
import type { LineSeries } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import { recalledInAll } from './experiment.ts';
import type { Findings, State } from './experiment.ts';
import type { Text } from './messages.en.ts';
import { kinds, mostNights } from './nights.ts';
import type { Morning } from './nights.ts';

interface SleepFigureProps {
  readonly findings: Findings;
  readonly view: State['view'];
  readonly text: Text;
  readonly format: Format;
}

const highestRatio = 30;

export function summaryOf({ settings, mornings }: Findings, text: Text, format: Format): string {
  const [first, last] = [mornings[0], mornings.at(-1)];
  if (!first || !last) return '';
  return text.summary(
    text.nightsShown(settings.nights),
    format.percent(last.recalled.vivid),
    format.percent(last.recalled.faint),
    format.percent(last.slow),
    format.number(first.signalToNoise, 1),
    format.number(last.signalToNoise, 1),
  );
}

/** One of three views of the same mornings. */
export function SleepFigure({ findings, view, text, format }: SleepFigureProps): ReactNode {
  const line = (label: string, look: number, read: (morning: Morning) => number): LineSeries => ({
    label,
    look,
    points: findings.mornings.map((morning, night) => ({ x: night, y: read(morning) })),
  });
  const share = { label: text.recalledAxis, from: 0, to: 1, format: format.percent };
  const shown = {
    recall: {
      y: share,
      series: kinds.map((kind, look) => line(text.kinds[kind], look, ({ recalled }) => recalled[kind])),
    },
    slow: { y: share, series: [line(text.overall, 3, recalledInAll), line(text.slow, 4, ({ slow }) => slow)] },
    signal: {
      y: { label: text.signal, from: 0, to: highestRatio, format: (value: number) => format.number(value, 0) },
      series: [line(text.signal, 5, ({ signalToNoise }) => signalToNoise)],
    },
  }[view];
  return (
    <>
      <LinesChart
        id={`sleep-${view}`}
        title={text.views[view]}
        description={summaryOf(findings, text, format)}
        x={{ label: text.night, from: 0, to: mostNights, format: (night) => format.number(night, 0) }}
        {...shown}
      />
      <ul className="scene-notes">
        {text.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

export const tableOf = ({ mornings }: Findings, text: Text, format: Format): FigureTable => ({
  caption: text.title,
  columns: [text.night, ...kinds.map((kind) => text.kinds[kind]), text.slow, text.signal, text.free],
  rows: mornings.map(({ recalled, slow, signalToNoise, free }, night) => [
    format.number(night),
    ...kinds.map((kind) => format.percent(recalled[kind])),
    format.percent(slow),
    format.number(signalToNoise, 1),
    format.percent(free),
  ]),
});
