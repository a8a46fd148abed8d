import { seriesStyle } from '@engram/charts';
import type { ReactNode } from 'react';
import type { Format } from '@engram/scene-kit/static';
import type { Text } from './messages.en.ts';
import type { Spring } from './springs.ts';

interface SpringsProps {
  readonly held: readonly Spring[];
  /** The same weights without springs, at the same step. */
  readonly free: readonly Spring[];
  readonly lambda: number;
  /** Index of the chosen one. */
  readonly chosen: number;
  readonly text: Text;
  readonly format: Format;
}

const width = 340;
const row = 42;
const middle = width / 2;
const reach = 140;
/** Distances below this are drawn as they are, not blown up to the full width. */
const least = 0.02;
/** Length of the bar that says how stiff a spring is. */
const gauge = 56;

/** A few weights on their springs, the stiffest above: pins in the middle, weights as far from them as they have moved. */
export function Springs({ held, free, lambda, chosen, text, format }: SpringsProps): ReactNode {
  const distances = [...held, ...free].map(({ weight, anchor }) => Math.abs(weight - anchor));
  const scale = reach / Math.max(least, ...distances);
  const stiffest = Math.max(...held.map(({ importance }) => importance), Number.MIN_VALUE);
  const colour = seriesStyle(0).colour;
  return (
    <svg
      viewBox={`0 0 ${width} ${row * held.length + 24}`}
      width={width}
      height={row * held.length + 24}
      role="img"
      aria-label={`${text.springsTitle}. ${text.springsHelp}`}
      fontSize={13}
      fontFamily="system-ui, sans-serif"
      fill="currentColor"
    >
      <line x1={middle} x2={middle} y1={4} y2={row * held.length} stroke="currentColor" strokeOpacity={0.3} />
      {held.map((spring, i) => {
        const y = row * i + 28;
        const at = middle + scale * (spring.weight - spring.anchor);
        const other = free[i];
        const loose = other === undefined ? null : middle + scale * (other.weight - other.anchor);
        const stiffness = lambda === 0 ? 0 : Math.max(0, 1 + Math.log10(spring.importance / stiffest) / 5);
        return (
          <g key={spring.position}>
            {i === chosen ? (
              <rect x={2} y={y - 24} width={width - 4} height={row - 2} rx={6} fill="currentColor" fillOpacity={0.08} />
            ) : null}
            <text x={8} y={y - 11} fillOpacity={0.8}>
              {i + 1}. {i === 0 ? text.stiffest : text.top(`${format.number(100 * spring.rank, 1)} %`)}
              {i === chosen ? ` (${text.chosen})` : ''}
            </text>
            <rect x={width - 8 - gauge} y={y - 20} width={gauge} height={9} fill="currentColor" fillOpacity={0.12} />
            <rect x={width - 8 - gauge} y={y - 20} width={gauge * stiffness} height={9} fill={colour} />
            {lambda === 0 ? null : (
              <path d={coil(middle, at, y + 4)} fill="none" stroke={colour} strokeWidth={0.75 + 2.5 * stiffness} />
            )}
            <path d={`M${middle - 5} ${y - 3}h10l-5 8z`} />
            {loose === null ? null : (
              <circle cx={loose} cy={y + 4} r={6} fill="none" stroke="currentColor" strokeWidth={1.5} />
            )}
            <circle cx={at} cy={y + 4} r={5} fill={colour} stroke="currentColor" strokeOpacity={0.4} />
          </g>
        );
      })}
      <text x={middle} y={row * held.length + 16} textAnchor="middle">
        ← {text.moved} →
      </text>
    </svg>
  );
}

const coils = 7;

/** A zigzag from one place to another. */
function coil(from: number, to: number, y: number): string {
  const step = (to - from) / (2 * coils);
  const turns = Array.from(
    { length: 2 * coils - 1 },
    (_, k) => `L${from + (k + 1) * step} ${y + (k % 2 === 0 ? -5 : 5)}`,
  );
  return `M${from} ${y}${turns.join('')}L${to} ${y}`;
}
