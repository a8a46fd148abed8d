import { vae } from '@engram/cl-core';
import type { LearnerView, Params } from '@engram/cl-core';
import * as tf from '@engram/engine/tf';
import type { Moment } from '@engram/experiment';
import { createRng } from '@engram/random';
import type { Probe } from '@engram/scene-kit/worker';
import { flatWeights, shapedWeights } from '@engram/scene-net-parts/probe';
import { dreamed, storedExamples } from './dreaming.ts';
import type { Batch, Night } from './dreaming.ts';
import { dreamsPerDigit, shownPerDigit } from './experiment.ts';

/** Weights of the judge, kept for the run that dreams. */
let judge: Float32Array | null = null;

/**
 * Asks for dreams after each task. Options: `{ role: 'judge' | 'dreamer' }`; the judge's run comes before the dreamer's, and
 * is a network with the same layers.
 */
export const dreams: Probe = async (moment, options): Promise<Night | undefined> => {
  const role = (options as { readonly role?: unknown } | undefined)?.role;
  const { after, tasksLearned, learner, stream } = moment;
  if (after === 'step' || tasksLearned === 0) return undefined;
  if (role === 'judge') {
    if (tasksLearned === stream.tasks.length) judge = await flatWeights(learner.params);
    return undefined;
  }
  const [name, weights] = [...learner.weights][0] ?? [];
  if (name === undefined || weights === undefined) return undefined;
  const digits = stream.tasks.slice(0, tasksLearned).flatMap(({ classes }) => classes);
  const asked = digits.flatMap((digit) => Array.from({ length: dreamsPerDigit }, () => digit));
  const batch = await dream(moment, weights, asked);
  const rows = (digit: number): readonly number[] =>
    // a generator without a place for each digit dreams at random: its dreams are sorted by what the network calls them
    [...(hasPlaces(weights) ? asked : batch.names).entries()].flatMap(([row, own]) => (own === digit ? [row] : []));
  return {
    dreams: digits.map((digit) => dreamed(digit, rows(digit), batch, shownPerDigit)),
    stored: storedExamples(learner.strategies.get(name)),
  };
};

const hasPlaces = (weights: Params): boolean => weights['vae.modeMeans'] !== undefined;

/** As many dreams as `asked` is long, and what the network and the judge take them for. Tasks hold digits in their natural order. */
async function dream({ learner, stream }: Moment, weights: Params, asked: readonly number[]): Promise<Batch> {
  const { model, params } = learner;
  const generator = generatorOf(learner, weights);
  const answers = (own: Params, x: tf.Tensor2D, units: number): tf.Tensor1D =>
    tf.argMax(model.logits(own, x).slice([0, 0], [x.shape[0], units]), 1);
  const known = Math.max(...asked) + 1;
  const [x, names, verdicts] = tf.tidy(() => {
    const pixels = generator.sample(weights, Int32Array.from(asked), undefined, createRng('dreams'));
    return [
      pixels,
      answers(params, pixels, known),
      answers(judge === null ? params : shapedWeights(judge, params), pixels, stream.outputUnits),
    ] as const;
  });
  const batch: Batch = {
    pixels: Float32Array.from(await x.data()),
    size: model.inputs,
    names: Int32Array.from(await names.data()),
    verdicts: Int32Array.from(await verdicts.data()),
  };
  tf.dispose([x, names, verdicts]);
  return batch;
}

/** The generator that a strategy trains, described by the shapes of its weights. */
const generatorOf = ({ model }: LearnerView, weights: Params): ReturnType<typeof vae> =>
  vae({
    inputs: model.inputs,
    hidden: model.hiddenUnits,
    latent: weights['vae.mean.bias']?.size ?? 0,
    sharedEncoder: false,
    modes: weights['vae.modeMeans']?.shape[0] ?? 0,
  });
