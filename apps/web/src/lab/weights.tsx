import type { SeenWeights } from '@engram/scene-kit/worker';
import type { ReactNode } from 'react';

const shownUnits = 12;
const gap = 1;

interface UnitsProps {
  readonly title: string;
  readonly weights: readonly SeenWeights[];
}

/** The incoming weights of the first hidden units as pictures: bright draws the unit on, dark holds it back. */
export function Units({ title, weights }: UnitsProps): ReactNode {
  const [first] = weights;
  const [inputs = 0, units = 0] = first?.shape ?? [];
  const side = Math.round(Math.sqrt(inputs));
  if (first === undefined || side * side !== inputs) return null;
  const shown = Math.min(shownUnits, units);
  const largest = first.values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  return (
    <svg
      viewBox={`0 0 ${shown * (side + gap)} ${side}`}
      width={shown * (side + gap) * 2}
      role="img"
      aria-label={title}
      shapeRendering="crispEdges"
    >
      {Array.from({ length: shown }, (_, unit) =>
        Array.from({ length: inputs }, (_, input) => {
          const share = (first.values[input * units + unit] ?? 0) / largest;
          return (
            <rect
              key={`${unit}-${input}`}
              x={unit * (side + gap) + (input % side)}
              y={Math.floor(input / side)}
              width={1}
              height={1}
              fill={`hsl(${share > 0 ? 54 : 217} ${Math.round(90 * Math.abs(share))}% ${Math.round(45 + 40 * share)}%)`}
            />
          );
        }),
      )}
    </svg>
  );
}
