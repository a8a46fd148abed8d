/** Positions from the largest value to the smallest; equal values keep their order. */
export const ranking = (values: Float32Array): Uint32Array =>
  Uint32Array.from(values.keys()).sort((i, j) => (values[j] ?? 0) - (values[i] ?? 0));

/** √(mean of squares) of the values at some positions; 0 for none. */
export function rootMeanSquare(values: Float32Array, positions: Uint32Array): number {
  let sum = 0;
  for (const i of positions) sum += (values[i] ?? 0) ** 2;
  return positions.length === 0 ? 0 : Math.sqrt(sum / positions.length);
}
