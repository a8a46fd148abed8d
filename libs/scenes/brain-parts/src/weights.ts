import type { Pattern } from './patterns.ts';

/** Connections between two layers; `values[sender * receivers + receiver]`. */
export interface Weights {
  readonly receivers: number;
  readonly values: Float32Array;
}

export const noWeights = (senders: number, receivers: number): Weights => ({
  receivers,
  values: new Float32Array(senders * receivers),
});

/** a_j = Σ_i w_ij over the active senders i, for every receiver j. */
export function excite({ receivers, values }: Weights, active: Pattern): Float32Array {
  const activation = new Float32Array(receivers);
  for (const sender of active) {
    const row = sender * receivers;
    for (let j = 0; j < receivers; j++) activation[j] = (activation[j] ?? 0) + (values[row + j] ?? 0);
  }
  return activation;
}

/** Hebb's rule: w_ij grows by `strength` where sender and receiver are active together. */
export function associate({ receivers, values }: Weights, active: Pattern, target: Pattern, strength: number): void {
  for (const i of active)
    for (const j of target) values[i * receivers + j] = (values[i * receivers + j] ?? 0) + strength;
}

/**
 * The delta rule (Widrow & Hoff 1960): Δw_ij = rate · (t_j − Σ_i w_ij x_i) · x_i / |x|², activities x and t being 0 or 1.
 * Rate 1 stores the pair exactly, at the cost of pairs that share its senders.
 */
export function correct(weights: Weights, active: Pattern, target: Pattern, rate: number): void {
  const { receivers, values } = weights;
  const error = excite(weights, active).map((sum) => -sum);
  for (const j of target) error[j] = (error[j] ?? 0) + 1;
  const step = rate / active.length;
  for (const i of active) {
    const row = i * receivers;
    for (let j = 0; j < receivers; j++) values[row + j] = (values[row + j] ?? 0) + step * (error[j] ?? 0);
  }
}

/** w ← factor · w, and connections that end up weaker than `floor` are lost. */
export function downscale({ values }: Weights, factor: number, floor: number): void {
  for (let k = 0; k < values.length; k++) {
    const scaled = factor * (values[k] ?? 0);
    values[k] = Math.abs(scaled) < floor ? 0 : scaled;
  }
}
