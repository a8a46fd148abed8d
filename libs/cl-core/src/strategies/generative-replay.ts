import * as tf from '@engram/engine/tf';
import type { Rng } from '@engram/random';
import type { LearningBatch } from '../batch.ts';
import { padColumns } from '../model.ts';
import type { Model } from '../model.ts';
import { vae } from '../models/vae.ts';
import type { Vae } from '../models/vae.ts';
import type { Params } from '../params.ts';
import { distillationTemperature, teacherAnswers, teacherLabels } from './distillation.ts';
import type { PastTasks, StepContext, Strategy } from './strategy.ts';

export interface GenerativeReplayOptions {
  /** Units of the latent code. Default 100. */
  readonly latent?: number;
  /** What the inputs hold: pixels between 0 and 1 (the default), or features. */
  readonly values?: 'fractions' | 'real' | undefined;
  /** Replayed rows per step; `same`: as many as the current batch has. */
  readonly batchSize?: number | 'same';
  /** Replayed rows are learned with the earlier network's probabilities instead of its answer. */
  readonly distill?: boolean;
  /** Replay through feedback: the network's own hidden layers are the generator's encoder. */
  readonly feedback?: boolean;
  /** Conditional replay: one Gaussian of the latent code for each output unit, so that classes can be chosen. */
  readonly conditional?: boolean;
  /** Gating based on internal context: the share of the decoder's hidden units closed for a class or task. 0: no gates. */
  readonly gatedFraction?: number;
  /** What the gates follow: the output unit, or the task that a row is replayed for. */
  readonly gateBy?: 'class' | 'task';
}

interface ReplayState {
  /** For each gated layer of the decoder a table [classes or tasks, units] of zeros and ones. */
  readonly gateTables: readonly tf.Tensor2D[];
  /** Output units met in each past task. */
  readonly classes: readonly (readonly number[])[];
  /** The network and its generator as the last task left them. */
  readonly previous: { readonly model: Params; readonly generator: Params } | null;
}

/**
 * Deep generative replay (Shin et al. 2017, arXiv:1705.08690; with a variational autoencoder as in van de Ven et al.): copies of network and
 * generator from the end of the last task make up inputs and answers, and
 *
 *     L = (1/t) L(current) + (1 − 1/t) L(replayed)
 *
 * for network and generator alike. No example is stored.
 */
export const deepGenerativeReplay = (
  options: Pick<GenerativeReplayOptions, 'latent' | 'values' | 'batchSize' | 'distill'> = {},
): Strategy<ReplayState> => generativeReplay('dgr', options);

/**
 * Brain-inspired replay (van de Ven, Siegelmann & Tolias 2020, doi:10.1038/s41467-020-17866-2): generative replay with
 * feedback, conditional replay, gating and distillation, each of which can be switched off. Internal replay is replay of
 * features: give the network features as its inputs.
 */
export const brainInspiredReplay = (options: GenerativeReplayOptions = {}): Strategy<ReplayState> =>
  generativeReplay('bir', { distill: true, feedback: true, conditional: true, gatedFraction: 0.8, ...options });

function generativeReplay(name: string, options: GenerativeReplayOptions): Strategy<ReplayState> {
  const {
    latent = 100,
    values = 'fractions',
    batchSize = 'same',
    distill = false,
    feedback = false,
    conditional = false,
    gatedFraction = 0,
    gateBy = 'class',
  } = options;
  const generatorOf = (model: Model): Vae =>
    vae({
      inputs: model.inputs,
      values,
      hidden: model.hiddenUnits,
      latent,
      sharedEncoder: feedback,
      modes: conditional ? model.outputs : 0,
    });

  /** Rows of the gate tables mixed by shares [rows, classes or tasks]. */
  const gatesFor = ({ gateTables }: ReplayState, shares: tf.Tensor2D): readonly tf.Tensor2D[] | undefined =>
    gateTables.length === 0 ? undefined : gateTables.map((table) => tf.matMul(shares, table));

  /** One row of zeros with a one at each of the positions. */
  const oneHotRows = (positions: Int32Array, width: number): tf.Tensor2D =>
    tf.oneHot(tf.tensor1d(positions, 'int32'), width).cast('float32');

  const shares = (state: ReplayState, batch: LearningBatch, outputs: number): tf.Tensor2D => {
    if (gateBy === 'class') return padColumns(batch.targets, batch.units, outputs);
    const rows = batch.x.shape[0];
    const tasks = batch.rowTasks ?? new Int32Array(rows).fill(batch.task);
    return oneHotRows(tasks, state.gateTables[0]?.shape[0] ?? 0);
  };

  /** Rows made up for some past tasks. */
  const imagine = (state: ReplayState, generator: Params, group: PastTasks, count: number, step: StepContext) => {
    const { model, rng } = step;
    const drawn = Array.from({ length: count }, () => {
      const task = pick(group.tasks, rng);
      return { task, unit: pick(state.classes[task] ?? [], rng) };
    });
    const tasks = Int32Array.from(drawn, ({ task }) => task);
    const units = Int32Array.from(drawn, ({ unit }) => unit);
    const width = gateBy === 'class' ? model.outputs : (state.gateTables[0]?.shape[0] ?? 0);
    const gates =
      gatedFraction > 0 ? gatesFor(state, oneHotRows(gateBy === 'class' ? units : tasks, width)) : undefined;
    return { x: generatorOf(model).sample(generator, units, gates, rng.fork('noise')), tasks };
  };

  return {
    name,
    init: ({ model, taskCount, rng }) => ({
      gateTables: gatedFraction > 0 ? drawGates(generatorOf(model), model, taskCount, rng.fork('gates')) : [],
      classes: [],
      previous: null,
    }),
    weights: ({ model, rng }) => generatorOf(model).init(rng.fork('generator')),
    rehearse: (state, step) => {
      const { previous } = state;
      if (previous === null) return [];
      const { model, past, batchSize: rows, task } = step;
      const total = batchSize === 'same' ? rows : batchSize;
      const answers = distill ? teacherAnswers : teacherLabels;
      // classes can be chosen for each group of tasks; without that, the same rows do for all
      const apart = conditional || gatedFraction > 0;
      const everything = { ...(past[0] as PastTasks), tasks: past.flatMap(({ tasks }) => tasks) };
      const shared = apart ? undefined : imagine(state, previous.generator, everything, total, step);
      return past.map((group): LearningBatch => {
        const share = Math.max(1, Math.ceil((total * group.tasks.length) / task));
        const { x, tasks } = shared ?? imagine(state, previous.generator, group, share, step);
        return {
          x,
          targets: answers(model, previous.model, x, group),
          ...(distill ? { temperature: distillationTemperature } : {}),
          units: group.units,
          task: group.tasks[0] ?? 0,
          ...(gateBy === 'task' && gatedFraction > 0 ? { rowTasks: tasks } : {}),
          weight: group.tasks.length,
        };
      });
    },
    objective: (state, { batches, weights, model, rng }) => {
      const generator = generatorOf(model);
      // rows that several batches share are reconstructed once
      const groups = [...Map.groupBy(batches, ({ batch }) => batch.x).values()];
      const terms = groups.flatMap((group, i) => {
        const [first] = group;
        if (first === undefined) return [];
        const { batch, features } = first;
        const rows = batch.x.shape[0];
        const factor = group.reduce((sum, own) => sum + own.factor, 0);
        const modeShares = conditional ? padColumns(batch.targets, batch.units, model.outputs) : undefined;
        const gates = gatedFraction > 0 ? gatesFor(state, shares(state, batch, model.outputs)) : undefined;
        const loss = generator.loss(
          weights,
          {
            x: batch.x,
            ...(feedback ? { features } : {}),
            ...(modeShares ? { modeShares } : {}),
            ...(gates ? { gates } : {}),
            weights: tf.fill([rows], factor / rows),
          },
          rng.fork(i),
        );
        return [loss];
      });
      return terms.reduce((sum, term) => tf.add<tf.Scalar>(sum, term));
    },
    consolidate: (state, { params, weights, examples }) => {
      const all = examples.batch(Int32Array.from({ length: examples.count }, (_, i) => i));
      return {
        ...state,
        classes: [...state.classes, [...new Set(all.labels)].sort((a, b) => a - b)],
        previous: { model: params, generator: weights },
      };
    },
  };

  function drawGates(generator: Vae, model: Model, taskCount: number, rng: Rng): readonly tf.Tensor2D[] {
    const rows = gateBy === 'class' ? model.outputs : taskCount;
    return generator.decoderUnits.map((units, l) => {
      const own = rng.fork(l);
      const open = Float32Array.from({ length: rows * units }, () => Number(own.float() >= gatedFraction));
      return tf.tensor2d(open, [rows, units]);
    });
  }
}

function pick<T>(list: readonly T[], rng: Rng): T {
  const item = list[rng.integer(list.length)];
  if (item === undefined) throw new RangeError('there is nothing to choose from');
  return item;
}
