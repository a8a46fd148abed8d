/** How one side of an operation on a table lies in memory: how far row i is from the last, and whether columns differ. */
type Side = readonly [row: number, col: 0 | 1];

export interface Broadcast {
  readonly shape: number[];
  readonly rows: number;
  readonly cols: number;
  readonly a: Side;
  readonly b: Side;
}

/**
 * An element-wise operation of two shapes as one on a table [rows, cols] in which each side is a table, a row, a column or
 * one value. Undefined for the broadcasts that are none of these.
 */
export function broadcast(a: readonly number[], b: readonly number[]): Broadcast | undefined {
  const rank = Math.max(a.length, b.length);
  const [left, right] = [padded(a, rank), padded(b, rank)];
  const shape = left.map((size, i) => (size === 1 ? (right[i] ?? 1) : size));
  if (right.some((size, i) => size !== 1 && size !== shape[i])) return undefined;
  const size = product(shape);
  for (let split = 0; split <= rank; split++) {
    const cols = product(shape.slice(split));
    const sides = [left, right].map((side) => sideOf(side, shape, split, cols));
    const [sideA, sideB] = sides;
    if (sideA && sideB) return { shape, rows: size === 0 ? 0 : size / cols, cols, a: sideA, b: sideB };
  }
  return undefined;
}

/** How a shape lies in the table whose rows are the axes before `split`; undefined if it is in neither way regular. */
function sideOf(side: readonly number[], shape: readonly number[], split: number, cols: number): Side | undefined {
  const same = (from: number, to: number): boolean => side.slice(from, to).every((n, i) => n === shape[from + i]);
  const single = (from: number, to: number): boolean => side.slice(from, to).every((n) => n === 1);
  const rank = shape.length;
  const hasRows = same(0, split);
  const hasCols = same(split, rank);
  if (!(hasRows || single(0, split)) || !(hasCols || single(split, rank))) return undefined;
  return [hasRows ? (hasCols ? cols : 1) : 0, hasCols ? 1 : 0];
}

const padded = (shape: readonly number[], rank: number): number[] => [
  ...Array<number>(rank - shape.length).fill(1),
  ...shape,
];
const product = (sizes: readonly number[]): number => sizes.reduce((total, n) => total * n, 1);
