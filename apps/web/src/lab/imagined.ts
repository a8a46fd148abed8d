import { vae } from '@engram/cl-core';
import type { LearnerView, Params, Vae } from '@engram/cl-core';
import * as tf from '@engram/engine/tf';
import { createRng } from '@engram/random';
import type { Probe } from '@engram/scene-kit/worker';

/** Pictures that a generator made up, one after the other, as grey values. */
export interface Imagined {
  readonly side: number;
  readonly pictures: Uint8Array;
}

const perNight = 20;

/**
 * After each task, pictures drawn from the generator that a strategy trains: output units learned so far in turn, through
 * the decoder's gates where it has some. Always with the same noise, so that one sees the generator change and not chance.
 */
export const imagined: Probe = async ({ after, tasksLearned, learner, stream }): Promise<Imagined | undefined> => {
  const { model } = learner;
  const [name, weights] = [...learner.weights].find(([, own]) => own['vae.mean.bias'] !== undefined) ?? [];
  const side = Math.round(Math.sqrt(model.inputs));
  if (after === 'step' || tasksLearned === 0 || name === undefined || weights === undefined) return undefined;
  if (side * side !== model.inputs) return undefined;
  const perTask = stream.tasks[0]?.classes.length ?? 1;
  const ownUnits = stream.outputUnits === perTask * stream.tasks.length;
  const known = ownUnits ? perTask * tasksLearned : stream.outputUnits;
  const units = Int32Array.from({ length: perNight }, (_, i) => i % known);
  const tasks = units.map((unit) => (ownUnits ? Math.floor(unit / perTask) : tasksLearned - 1));
  const x = tf.tidy(() => {
    const gates = gateTablesOf(learner.strategies.get(name)).map((table) => {
      const width = table.shape[0];
      const places = tf.tensor1d(width === model.outputs ? units : tasks, 'int32');
      return tf.matMul<tf.Tensor2D>(tf.oneHot(places, width).cast('float32'), table);
    });
    return generatorOf(learner, weights).sample(
      weights,
      units,
      gates.length === 0 ? undefined : gates,
      createRng('imagined'),
    );
  });
  const values = await x.data();
  x.dispose();
  return { side, pictures: Uint8Array.from(values, (value) => Math.round(255 * value)) };
};

/** The generator that a strategy trains, described by the shapes of its weights; only its decoder is asked. */
const generatorOf = ({ model }: LearnerView, weights: Params): Vae =>
  vae({
    inputs: model.inputs,
    hidden: model.hiddenUnits,
    latent: weights['vae.mean.bias']?.size ?? 0,
    sharedEncoder: true,
    modes: weights['vae.modeMeans']?.shape[0] ?? 0,
  });

/** A decoder's gates by class or task, one table for each layer, where a strategy keeps such tables. */
function gateTablesOf(state: unknown): readonly tf.Tensor2D[] {
  if (typeof state !== 'object' || state === null || !('gateTables' in state)) return [];
  return Array.isArray(state.gateTables) ? state.gateTables.filter(isTable) : [];
}

const isTable = (value: unknown): value is tf.Tensor2D => value instanceof tf.Tensor && value.rank === 2;
