import { readBatch } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { vae } from '../models/vae.ts';
import type { Vae } from '../models/vae.ts';
import { paramList, paramsFrom } from '../params.ts';
import type { Params } from '../params.ts';
import type { Lesson, Strategy } from './strategy.ts';

export interface GenerativeClassifierOptions {
  /** Hidden layers of each class's encoder; its decoder mirrors them. */
  readonly hidden?: readonly number[];
  /** Units of each latent code. */
  readonly latent?: number;
  /** Samples of the code from which a likelihood is estimated. */
  readonly samples?: number;
}

interface Optimizers {
  /** What each class's optimizer remembers; only classes that were met are in it. */
  readonly optimizers: Readonly<Record<number, unknown>>;
}

/**
 * Generative classifier (van de Ven, Li & Tolias 2021, arXiv:2104.10093): a small variational autoencoder for each class, trained
 * on its own class only, and the answer is argmax_c ln p̂(x|c). Learning a class touches no weight of another, so nothing is
 * forgotten. A step trains the autoencoders of the classes in the batch, each on its rows.
 */
export function generativeClassifier(options: GenerativeClassifierOptions = {}): Strategy<Optimizers> {
  const { hidden = [85, 85], latent = 5, samples = 50 } = options;
  const generatorOf = (inputs: number): Vae => vae({ inputs, hidden, latent, sharedEncoder: false, modes: 0 });
  return {
    name: 'generative-classifier',
    standsAlone: true,
    init: () => ({ optimizers: {} }),
    withoutNetwork: {
      weights: ({ model, rng }) => {
        const classes = Array.from({ length: model.outputs }, (_, c) => generatorOf(model.inputs).init(rng.fork(c)));
        return Object.fromEntries(
          classes.flatMap((own, c) => Object.entries(own).map(([name, tensor]) => [nameOf(c, name), tensor] as const)),
        );
      },
      learn: (state, params, lesson) => {
        const rows = lesson.batches.reduce((sum, batch) => sum + batch.rows.length, 0);
        const start = { state, params, loss: tf.scalar(0) };
        return byClass(lesson).reduce((before, { label, x }) => {
          const trained = trainClass(label, x, before, lesson);
          const loss = tf.add<tf.Scalar>(before.loss, trained.loss.mul(x.shape[0] / rows));
          return { ...trained, loss };
        }, start);
      },
    },
    classifier: ({ optimizers }, { model, params, rng }) => {
      const generator = generatorOf(model.inputs);
      return (x) => {
        const scores = Array.from({ length: model.outputs }, (_, c) =>
          c in optimizers
            ? tf.tidy(() => generator.logLikelihood(weightsOf(params, c), x, samples, rng.fork(c)))
            : tf.fill<tf.Rank.R1>([x.shape[0]], -1e30),
        );
        return tf.stack(scores, 1) as tf.Tensor2D;
      };
    },
  };

  function trainClass(
    label: number,
    x: tf.Tensor2D,
    { state, params }: { readonly state: Optimizers; readonly params: Params },
    { model, optimizer, rng }: Lesson,
  ) {
    const own = weightsOf(params, label);
    const rows = x.shape[0];
    const weights = tf.fill<tf.Rank.R1>([rows], 1 / rows);
    const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) =>
      generatorOf(model.inputs).loss(paramsFrom(tensors, own), { x, weights }, rng.fork(label)),
    )(paramList(own));
    const memory = state.optimizers[label] ?? optimizer.init(own);
    const next = optimizer.update(memory, own, paramsFrom(grads, own));
    const renamed = Object.entries(next.params).map(([name, tensor]) => [nameOf(label, name), tensor] as const);
    return {
      state: { optimizers: { ...state.optimizers, [label]: next.state } },
      params: { ...params, ...Object.fromEntries(renamed) },
      loss: value,
    };
  }
}

const nameOf = (label: number, name: string): string => `class${label}.${name}`;

/** The weights of one class's autoencoder, under their own names. */
const weightsOf = (params: Params, label: number): Params =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, tensor]) =>
      name.startsWith(nameOf(label, '')) ? [[name.slice(nameOf(label, '').length), tensor] as const] : [],
    ),
  );

/** The rows of a step, by class. */
function byClass({ batches }: Lesson): readonly { readonly label: number; readonly x: tf.Tensor2D }[] {
  return batches.flatMap((batch) =>
    [...Map.groupBy(batch.rows.keys(), (i) => batch.labels[i] ?? 0)].map(([label, positions]) => ({
      label,
      x: readBatch({ ...batch, rows: Int32Array.from(positions, (i) => batch.rows[i] ?? 0) }),
    })),
  );
}
