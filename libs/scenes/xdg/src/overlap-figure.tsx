import { shade } from '@engram/charts';
import type { ReactNode } from 'react';

interface OverlapProps {
  readonly title: string;
  readonly description: string;
  /** T × T, from 0 to 1. */
  readonly matrix: readonly (readonly number[])[];
  readonly tasks: string;
  /** The value that is drawn brightest; pictures to compare are given the same. */
  readonly most: number;
  /** What the brightest means, in words. */
  readonly scale: string;
}

const side = 260;
const left = 34;
const top = 44;

/** How much two tasks share, for every pair of tasks: bright is much. The diagonal, a task with itself, is left out. */
export function OverlapMatrix({ title, description, matrix, tasks, most, scale }: OverlapProps): ReactNode {
  const cell = side / Math.max(1, matrix.length);
  const labelled = (i: number): boolean => matrix.length <= 10 || i === 0 || (i + 1) % 5 === 0;
  return (
    <svg
      viewBox={`0 0 ${left + side + 8} ${top + side + 28}`}
      width={left + side + 8}
      height={top + side + 28}
      role="img"
      aria-label={`${title}. ${description}`}
      fontSize={12}
      fontFamily="system-ui, sans-serif"
      fill="currentColor"
    >
      <text x={left} y={16} fontWeight={600}>
        {title}
      </text>
      <text x={left - 8} y={top - 6} textAnchor="end">
        {tasks}
      </text>
      {matrix.map((row, i) => (
        <g key={i}>
          {labelled(i) ? (
            <>
              <text x={left + (i + 0.5) * cell} y={top - 6} textAnchor="middle">
                {i + 1}
              </text>
              <text x={left - 6} y={top + (i + 0.5) * cell + 4} textAnchor="end">
                {i + 1}
              </text>
            </>
          ) : null}
          {row.map((value, j) => (
            <rect
              key={j}
              x={left + j * cell}
              y={top + i * cell}
              width={cell - 1}
              height={cell - 1}
              fill={i === j ? 'none' : shade(Math.min(0.999, value / most)).background}
              stroke="currentColor"
              strokeOpacity={i === j ? 0.4 : 0}
            />
          ))}
        </g>
      ))}
      <text x={left} y={top + side + 20}>
        {scale}
      </text>
    </svg>
  );
}

/** The largest value of two different tasks in some matrices. */
export const brightest = (...matrices: readonly (readonly (readonly number[])[])[]): number =>
  Math.max(1e-6, ...matrices.flatMap((matrix) => matrix.flatMap((row, i) => row.filter((_, j) => i !== j))));
