/** A loss measured on a grid in a plane of weight space. */
export interface Surface {
  /** Columns and rows of the grid. */
  readonly side: number;
  /** Distances in weight space: the grid's lower left and upper right corner. */
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  /** Mean loss of the first and of the last task, row by row from the bottom. */
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** After the first task; the end of plain training; the end with springs. */
  readonly points: readonly (readonly [number, number])[];
}

/** A square around points, with a margin of a third of its side. */
export function squareAround(points: readonly (readonly [number, number])[]): Pick<Surface, 'from' | 'to'> {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const extent = Math.max(1e-3, Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  const half = (extent * 5) / 6;
  const [x, y] = [(Math.max(...xs) + Math.min(...xs)) / 2, (Math.max(...ys) + Math.min(...ys)) / 2];
  return { from: [x - half, y - half], to: [x + half, y + half] };
}

/** The points of a grid, row by row from the bottom; the corners are `from` and `to`. */
export const gridOf = ({
  side,
  from,
  to,
}: Pick<Surface, 'side' | 'from' | 'to'>): readonly (readonly [number, number])[] =>
  Array.from({ length: side * side }, (_, i) => {
    const [column, row] = [i % side, Math.floor(i / side)];
    const at = (k: 0 | 1, n: number): number => from[k] + ((to[k] - from[k]) * n) / (side - 1);
    return [at(0, column), at(1, row)] as const;
  });
