import { binaryCrossEntropy, dense, standardNormal } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import type { Rng } from '@engram/random';
import { uniform } from '../params.ts';
import type { Params } from '../params.ts';

export interface VaeOptions {
  /** Units of what is generated. */
  readonly inputs: number;
  /**
   * What they hold, which decides p(x|z): `fractions` between 0 and 1 are Bernoulli (the default), `real` numbers Gaussian of
   * variance 1.
   */
  readonly values?: 'fractions' | 'real' | undefined;
  /** Hidden layers of the encoder; the decoder mirrors them. */
  readonly hidden: readonly number[];
  readonly latent: number;
  /** The encoder's hidden layers belong to another network, whose last hidden layer is passed to `loss`. */
  readonly sharedEncoder: boolean;
  /** Modes of the prior: one trainable Gaussian for each, or a standard normal for all if there are none. */
  readonly modes: number;
}

/** For each row: what it belongs to, as shares that sum to 1, and how much it counts. */
export interface VaeRows {
  readonly x: tf.Tensor2D;
  /** The last hidden layer of a shared encoder for these rows. */
  readonly features?: tf.Tensor2D;
  /** [rows, modes] */
  readonly modeShares?: tf.Tensor2D;
  /** Factors on the decoder's hidden units, [rows, units] for each layer; they act before the ReLU. */
  readonly gates?: readonly tf.Tensor2D[];
  /** [rows] */
  readonly weights: tf.Tensor1D;
}

export interface Vae {
  /** Units of the decoder's hidden layers, from the latent code on. */
  readonly decoderUnits: readonly number[];
  init(rng: Rng): Params;
  /**
   * Σᵢ wᵢ (reconstruction + variational loss) / inputs: the negative evidence lower bound per input unit, from one sample of
   * the latent code.
   */
  loss(params: Params, rows: VaeRows, rng: Rng): tf.Scalar;
  /**
   * ln p̂(x) for every row, up to a constant: ln 1/S Σ_s p(x|z_s) p(z_s) / q(z_s|x) over S samples z_s of q(z|x), where p(x|z) is a
   * Gaussian of variance 1 around what is decoded. [rows]
   */
  logLikelihood(params: Params, x: tf.Tensor2D, samples: number, rng: Rng): tf.Tensor1D;
  /** Generates one row for each mode listed (any numbers, if there are no modes). */
  sample(params: Params, modes: Int32Array, gates: readonly tf.Tensor2D[] | undefined, rng: Rng): tf.Tensor2D;
}

/**
 * Variational autoencoder (Kingma & Welling 2014, arXiv:1312.6114) as in van de Ven et al. 2020
 * (doi:10.1038/s41467-020-17866-2): ReLU layers, z = μ + σ∘ε, no bias in front of ln σ². With modes the prior is
 * p(z|c) = N(m_c, diag s_c²), both trainable, and the variational loss is ln q(z|x) − ln Σ_c share_c p(z|c) at the sampled z; without,
 * it is KL(q ‖ N(0, I)) = −½ Σ (1 + ln σ² − μ² − σ²).
 */
export function vae({ inputs, values = 'fractions', hidden, latent, sharedEncoder, modes }: VaeOptions): Vae {
  const decoderUnits = hidden.toReversed();
  const lastHidden = hidden.at(-1) ?? inputs;
  const layerSizes: readonly (readonly [name: string, from: number, to: number])[] = [
    ...(sharedEncoder ? [] : chain('encoder', [inputs, ...hidden])),
    ['mean', lastHidden, latent],
    ...chain('decoder', [latent, ...decoderUnits, inputs]),
  ];

  const layer = (params: Params, name: string): readonly [tf.Tensor2D, tf.Tensor1D] => [
    params[`vae.${name}.kernel`] as tf.Tensor2D,
    params[`vae.${name}.bias`] as tf.Tensor1D,
  ];

  const encode = (params: Params, x: tf.Tensor2D): tf.Tensor2D =>
    hidden.reduce((h, _, l) => dense(h, ...layer(params, `encoder${l}`), { activation: 'relu' }), x);

  /** Logits of fractions, real numbers as they are. */
  const decode = (params: Params, z: tf.Tensor2D, gates: readonly tf.Tensor2D[] | undefined): tf.Tensor2D => {
    const last = decoderUnits.reduce((h, _, l) => {
      const gate = gates?.[l];
      const [kernel, bias] = layer(params, `decoder${l}`);
      if (gate === undefined) return dense(h, kernel, bias, { activation: 'relu' });
      return tf.relu(tf.mul<tf.Tensor2D>(dense(h, kernel, bias), gate));
    }, z);
    return dense(last, ...layer(params, `decoder${decoderUnits.length}`));
  };

  /** Σᵢ wᵢ (−ln p(xᵢ|zᵢ)), without the Gaussian's constant. */
  const misfit = (decoded: tf.Tensor2D, x: tf.Tensor2D, weights: tf.Tensor1D): tf.Scalar =>
    values === 'fractions'
      ? binaryCrossEntropy(decoded, x, weights)
      : tf.sum<tf.Scalar>(tf.sum(tf.squaredDifference(decoded, x), 1).mul(weights)).mul(0.5);

  const generated = (decoded: tf.Tensor2D): tf.Tensor2D => (values === 'fractions' ? tf.sigmoid(decoded) : decoded);

  /** q(z|x) = N(mean, diag e^logVariance), from the encoder's last hidden layer. */
  const posterior = (params: Params, h: tf.Tensor2D): { mean: tf.Tensor2D; logVariance: tf.Tensor2D } => ({
    mean: dense(h, ...layer(params, 'mean')),
    logVariance: tf.matMul(h, params['vae.logVariance.kernel'] as tf.Tensor2D),
  });

  const noise = (rows: number, rng: Rng): tf.Tensor2D => normal([rows, latent], rng);

  /** ln N(z; m_c, s_c²) for every row and mode, without the constant: [rows, modes]. */
  const logDensities = (params: Params, z: tf.Tensor2D): tf.Tensor2D => {
    const means = params['vae.modeMeans'] as tf.Tensor2D;
    const logVariances = params['vae.modeLogVariances'] as tf.Tensor2D;
    const precision = tf.exp(tf.neg(logVariances));
    // Σ_j (z − m)²/s² = z²·(1/s²) − 2 z·(m/s²) + Σ m²/s², so that no [rows, modes, latent] table is needed
    const squares = tf
      .matMul(tf.square(z), precision, false, true)
      .sub(tf.matMul(z, tf.mul<tf.Tensor2D>(means, precision), false, true).mul(2))
      .add(tf.sum(tf.square(means).mul(precision), 1));
    return squares.add<tf.Tensor2D>(tf.sum(logVariances, 1)).mul(-0.5);
  };

  return {
    decoderUnits,
    init: (rng) => {
      const params: Record<string, tf.Tensor> = {};
      for (const [name, from, to] of layerSizes) {
        params[`vae.${name}.kernel`] = uniform([from, to], from, rng.fork(`${name}.kernel`));
        params[`vae.${name}.bias`] = uniform([to], from, rng.fork(`${name}.bias`));
      }
      params['vae.logVariance.kernel'] = uniform([lastHidden, latent], lastHidden, rng.fork('logVariance.kernel'));
      if (modes > 0) {
        params['vae.modeMeans'] = normal([modes, latent], rng.fork('modeMeans'));
        params['vae.modeLogVariances'] = normal([modes, latent], rng.fork('modeLogVariances'));
      }
      return params;
    },
    loss: (params, { x, features, modeShares, gates, weights }, rng) => {
      const { mean, logVariance } = posterior(params, features ?? encode(params, x));
      const epsilon = noise(x.shape[0], rng);
      const z = mean.add<tf.Tensor2D>(tf.exp(logVariance.mul(0.5)).mul(epsilon));
      const reconstruction = misfit(decode(params, z, gates), x, weights);
      const variational =
        modeShares === undefined
          ? tf.sum(logVariance.add(1).sub(tf.square(mean)).sub(tf.exp(logVariance)), 1).mul(-0.5)
          : tf
              .sum(logVariance.add(tf.square(epsilon)), 1)
              .mul(-0.5)
              // ln Σ share·p, where a share of 0 counts as 1e-30, whose logarithm is finite
              .sub(tf.logSumExp(logDensities(params, z).add(tf.log(tf.maximum(modeShares, 1e-30))), 1));
      return tf.div<tf.Scalar>(tf.add(reconstruction, tf.sum(variational.mul(weights))), inputs);
    },
    logLikelihood: (params, x, samples, rng) => {
      const { mean, logVariance } = posterior(params, encode(params, x));
      const spread = tf.exp(logVariance.mul(0.5));
      const logWeights = Array.from({ length: samples }, () =>
        tf.tidy(() => {
          const epsilon = noise(x.shape[0], rng);
          const z = mean.add<tf.Tensor2D>(tf.mul(spread, epsilon));
          const distance = tf.squaredDifference(x, generated(decode(params, z, undefined))).sum(1);
          // ln p(z) − ln q(z|x) without the constants, which cancel
          const prior = tf.square(z).sub(tf.square(epsilon)).sub(logVariance).sum(1);
          return tf.add<tf.Tensor1D>(distance, prior).mul<tf.Tensor1D>(-0.5);
        }),
      );
      return tf.logSumExp(tf.stack(logWeights), 0).sub<tf.Tensor1D>(Math.log(samples));
    },
    sample: (params, chosen, gates, rng) => {
      const epsilon = noise(chosen.length, rng);
      if (modes === 0) return generated(decode(params, epsilon, gates));
      const rows = tf.tensor1d(chosen, 'int32');
      const means = tf.gather(params['vae.modeMeans'] as tf.Tensor2D, rows);
      const logVariances = tf.gather(params['vae.modeLogVariances'] as tf.Tensor2D, rows);
      const z = means.add<tf.Tensor2D>(tf.exp(logVariances.mul(0.5)).mul(epsilon));
      return generated(decode(params, z, gates));
    },
  };
}

const chain = (name: string, sizes: readonly number[]): (readonly [string, number, number])[] =>
  sizes.slice(1).map((to, l) => [`${name}${l}`, sizes[l] ?? 0, to] as const);

const normal = (shape: readonly [number, number], rng: Rng): tf.Tensor2D =>
  standardNormal(shape, [rng.uint32(), rng.uint32()]) as tf.Tensor2D;
