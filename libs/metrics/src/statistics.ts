/** Throws RangeError for no values. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('The mean of no values is not defined.');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation, n − 1 in the denominator; null for fewer than two values. */
export function standardDeviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

/** Standard error of the mean, s/√n; null for fewer than two values. */
export function standardError(values: readonly number[]): number | null {
  const deviation = standardDeviation(values);
  return deviation === null ? null : deviation / Math.sqrt(values.length);
}

export interface PairedDifference {
  readonly n: number;
  readonly mean: number;
  /** null for fewer than two pairs. */
  readonly standardError: number | null;
  /** Two-sided p of the paired t-test; null where it is not defined. */
  readonly p: number | null;
}

/** a − b pair by pair (same seeds), which takes out what both share. */
export function pairedDifference(a: readonly number[], b: readonly number[]): PairedDifference {
  if (a.length !== b.length)
    throw new RangeError(`Pairs need as many values on both sides, got ${a.length} and ${b.length}.`);
  const differences = a.map((value, i) => value - (b[i] ?? NaN));
  const error = standardError(differences);
  const middle = mean(differences);
  const p = error === null || error === 0 ? null : twoSidedP(middle / error, differences.length - 1);
  return { n: differences.length, mean: middle, standardError: error, p };
}

/** Half-width of the confidence interval of a mean: t · s/√n; null for fewer than two values. */
export function confidenceHalfWidth(values: readonly number[], level = 0.95): number | null {
  const error = standardError(values);
  return error === null ? null : error * tQuantile((1 + level) / 2, values.length - 1);
}

/** Quantile of Student's t with `freedom` degrees of freedom, for 0.5 ≤ probability < 1; found by bisection to 1e-10. */
export function tQuantile(probability: number, freedom: number): number {
  if (!(probability >= 0.5 && probability < 1) || freedom < 1) {
    throw new RangeError(
      `tQuantile needs 0.5 ≤ probability < 1 and at least 1 degree of freedom, got ${probability} and ${freedom}.`,
    );
  }
  let low = 0;
  let high = 1;
  while (1 - twoSidedP(high, freedom) / 2 < probability) high *= 2;
  while (high - low > 1e-10 * Math.max(1, high)) {
    const middle = (low + high) / 2;
    if (1 - twoSidedP(middle, freedom) / 2 < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(|t| ≥ |value|) = I_x(ν/2, 1/2) with x = ν / (ν + t²). */
const twoSidedP = (value: number, freedom: number): number =>
  incompleteBeta(freedom / (freedom + value * value), freedom / 2, 0.5);

/** Regularised incomplete beta function I_x(a, b) by its continued fraction (Lentz's method; Numerical Recipes §6.4). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const guard = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h;
}

/** ln Γ(x) for x > 0, Stirling's series after shifting x above 10; relative error below 1e-13. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 10; z++) shift += Math.log(z);
  const inverse = 1 / (z * z);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
