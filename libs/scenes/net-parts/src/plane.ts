/** A plane in the space of all weights, through three of its points. */
export interface Plane {
  readonly origin: Float32Array;
  /** Orthonormal directions. */
  readonly across: Float32Array;
  readonly up: Float32Array;
  /** Coordinates of the three points; the first is the origin, the second lies on the axis across. */
  readonly points: readonly (readonly [number, number])[];
}

/**
 * The plane through a, b and c: origin a, x along b − a, y along the rest of c − a (Gram-Schmidt). Where the three lie on
 * one line, or two are equal, a missing direction is zero.
 */
export function planeThrough(a: Float32Array, b: Float32Array, c: Float32Array): Plane {
  const difference = (to: Float32Array): Float32Array => to.map((value, i) => value - (a[i] ?? 0));
  const [toB, toC] = [difference(b), difference(c)];
  const across = unit(toB);
  const along = dot(toC, across);
  const rest = toC.map((value, i) => value - along * (across[i] ?? 0));
  // what rounding leaves of a vector that lies along the first axis is no direction
  const up = Math.sqrt(dot(rest, rest)) > 1e-6 * Math.sqrt(dot(toC, toC)) ? unit(rest) : new Float32Array(a.length);
  return {
    origin: a,
    across,
    up,
    points: [
      [0, 0],
      [dot(toB, across), 0],
      [along, dot(toC, up)],
    ],
  };
}

/** The weights at (x, y) of a plane. */
export const weightsAt = ({ origin, across, up }: Plane, x: number, y: number): Float32Array =>
  origin.map((value, i) => value + x * (across[i] ?? 0) + y * (up[i] ?? 0));

function dot(x: Float32Array, y: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] ?? 0) * (y[i] ?? 0);
  return sum;
}

function unit(x: Float32Array): Float32Array {
  const length = Math.sqrt(dot(x, x));
  return length > 0 ? x.map((value) => value / length) : x;
}
