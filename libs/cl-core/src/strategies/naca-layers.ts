import * as tf from '@engram/engine/tf';

/** What a layer does with its input, and how a modulation of its output turns into a gradient of its weights. */
export interface LayerResponse {
  /** Output at every time step (one for units without time), masked. */
  readonly signal: tf.Tensor2D[];
  /** Mean output over the time steps. */
  readonly mean: tf.Tensor2D;
  /** Σ over rows of ∂⟨output, modulation⟩ / ∂W, the layer's input taken as given. */
  kernelGradient(modulation: tf.Tensor2D): tf.Tensor2D;
}

/** a = σ(xW), masked: ∂W = xᵀ [modulation ∘ mask ∘ a(1 − a)]. */
export function sigmoidLayer(
  [x]: readonly tf.Tensor2D[],
  kernel: tf.Tensor2D,
  mask: tf.Tensor2D | undefined,
): LayerResponse {
  const input = x as tf.Tensor2D;
  const activation: tf.Tensor2D = tf.sigmoid(tf.matMul(input, kernel));
  const output = masked(activation, mask);
  return {
    signal: [output],
    mean: output,
    kernelGradient: (modulation) => {
      const slope = tf.mul<tf.Tensor2D>(activation, tf.sub(1, activation));
      return tf.matMul(input, tf.mul<tf.Tensor2D>(masked(modulation, mask), slope), true);
    },
  };
}

const decay = 0.2;
const threshold = 0.5;
/** How far below the threshold a unit still learns. */
const reach = 0.2;

/**
 * Leaky units that spike above a threshold: v ← 0.2 v (1 − s) + σ(xW), s = [v > 0.5]. The modulation acts on the last spike, and its gradient runs
 * back through the decaying v with ∂s/∂v replaced by [v > 0.3] − (previous s), as in the published code.
 */
export function spikingLayer(
  inputs: readonly tf.Tensor2D[],
  kernel: tf.Tensor2D,
  mask: tf.Tensor2D | undefined,
): LayerResponse {
  const rows = inputs[0]?.shape[0] ?? 0;
  const still: Moment = {
    input: tf.zeros([rows, kernel.shape[0]]),
    drive: tf.zeros([rows, kernel.shape[1]]),
    potential: tf.zeros([rows, kernel.shape[1]]),
    spikes: tf.zeros([rows, kernel.shape[1]]),
  };
  const moments = inputs.reduce<Moment[]>(
    (past, input) => {
      const { potential, spikes } = past.at(-1) as Moment;
      const drive: tf.Tensor2D = tf.sigmoid(tf.matMul(input, kernel));
      const next = tf.add<tf.Tensor2D>(tf.mul(tf.mul(potential, decay), tf.sub(1, spikes)), drive);
      const fired = tf.greater(next, threshold).cast<tf.Tensor2D>('float32');
      return [...past, { input, drive, potential: next, spikes: masked(fired, mask) }];
    },
    [still],
  );
  const signal = moments.slice(1).map(({ spikes }) => spikes);
  return {
    signal,
    mean: tf.div(tf.addN(signal), signal.length),
    kernelGradient: (modulation) => {
      let atSpikes = modulation; // ∂/∂ the spikes of the step, masked
      let carried = tf.zerosLike(modulation); // ∂/∂ its potential, from the step after
      const terms: tf.Tensor2D[] = [];
      for (let t = moments.length - 1; t > 0; t--) {
        const { input, drive, potential } = moments[t] as Moment;
        const { potential: before, spikes: previous } = moments[t - 1] as Moment;
        const slope = tf.sub(tf.greater(potential, threshold - reach).cast<tf.Tensor2D>('float32'), previous);
        const atPotential = tf.add<tf.Tensor2D>(carried, tf.mul(masked(atSpikes, mask), slope));
        const atDrive = tf.mul<tf.Tensor2D>(atPotential, tf.mul(drive, tf.sub(1, drive)));
        terms.push(tf.matMul(input, atDrive, true));
        carried = tf.mul(atPotential, tf.mul(tf.sub(1, previous), decay));
        atSpikes = tf.mul(atPotential, tf.mul(before, -decay));
      }
      return tf.addN(terms);
    },
  };
}

interface Moment {
  readonly input: tf.Tensor2D;
  /** σ(xW) */
  readonly drive: tf.Tensor2D;
  readonly potential: tf.Tensor2D;
  /** Masked. */
  readonly spikes: tf.Tensor2D;
}

const masked = (values: tf.Tensor2D, mask: tf.Tensor2D | undefined): tf.Tensor2D =>
  mask === undefined ? values : tf.mul(values, mask);
