import { LinesChart, shade } from '@engram/charts';
import type { Format } from '@engram/scene-kit/static';
import { pixelImage } from '@engram/scene-net-parts';
import type { ReactNode } from 'react';
import type { Text } from './messages.en.ts';
import type { Sight } from './probes.ts';

export interface Drift {
  readonly id: string;
  readonly title: string;
  /** From the end of the first task on. */
  readonly sights: readonly Sight[];
}

/** How alike the hidden layer still is, after every task. */
export const Likeness = ({
  drifts,
  tasks,
  text,
  format,
}: {
  readonly drifts: readonly Drift[];
  readonly tasks: number;
  readonly text: Text;
  readonly format: Format;
}): ReactNode => (
  <div>
    <p>{text.likenessTitle}</p>
    <LinesChart
      id="forgetting-likeness"
      title={text.likenessTitle}
      description={text.likenessHelp}
      series={drifts.map(({ id, title, sights }) => ({
        label: title,
        look: id === 'sequential' ? 7 : 2,
        points: sights.map(({ likeness }, k) => ({ x: k + 1, y: likeness })),
      }))}
      x={{ label: text.learned, from: 1, to: Math.max(2, tasks), format: (value) => format.number(value, 0) }}
      y={{ label: text.likenessAxis, from: 0, to: 1, format: (value) => format.number(value, 1) }}
    />
    <small>{text.likenessHelp}</small>
  </div>
);

const side = 260;

/** Every weight between the hidden layers as a pixel: the brighter, the further it has moved since the first task. */
export function ChangeMap({
  drift,
  most,
  text,
}: {
  readonly drift: Drift;
  readonly most: number;
  readonly text: Text;
}): ReactNode {
  const sight = drift.sights.at(-1);
  if (sight === undefined || sight.columns === 0) return null;
  const { change, columns } = sight;
  const colours = Array.from(change, (value) => shade(Math.min(0.999, Math.abs(value) / most)).background);
  const title = `${text.changeTitle}: ${drift.title}`;
  return (
    <svg
      viewBox={`0 0 ${side + 20} ${side + 64}`}
      width={side + 20}
      height={side + 64}
      role="img"
      aria-label={`${title}. ${text.changeHelp}`}
      fontSize={12}
      fontFamily="system-ui, sans-serif"
      fill="currentColor"
    >
      <text x={0} y={16} fontWeight={600}>
        {text.changeTitle}
      </text>
      <text x={0} y={32}>
        {drift.title}
      </text>
      <image
        href={pixelImage(columns, change.length / columns, colours)}
        x={0}
        y={40}
        width={side}
        height={side}
        preserveAspectRatio="none"
        style={{ imageRendering: 'pixelated' }}
      />
      <text x={0} y={side + 56}>
        {text.changeAxis}
      </text>
    </svg>
  );
}

/** The distance that counts as bright in all maps: nearly the largest, so that a few weights do not darken the rest. */
export function brightest(drifts: readonly Drift[]): number {
  const all = drifts.flatMap(({ sights }) => Array.from(sights.at(-1)?.change ?? [], Math.abs)).sort((a, b) => a - b);
  return Math.max(1e-6, all[Math.floor(0.99 * all.length)] ?? 0);
}
