import { readBatch } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import type { Params } from '../params.ts';
import { distillationTemperature, teacherAnswers } from './distillation.ts';
import type { Strategy } from './strategy.ts';

export interface LwfOptions {
  /**
   * L = L_current + Σ_k KD_k over the past tasks (`per-task`), L_current + mean_k KD_k (`once`; what van de Ven's code takes in
   * the class scenario), or (1/t) L_current + (1 − 1/t) mean_k KD_k (`by-task`).
   */
  readonly weighting?: 'per-task' | 'once' | 'by-task';
}

interface LwfState {
  /** The network as the last task left it. */
  readonly teacher: Params | null;
}

/**
 * Learning without forgetting (Li & Hoiem 2017, doi:10.1109/TPAMI.2017.2773081): on the current inputs the network
 * should still answer for past tasks as it did when they ended. Nothing is stored but a copy of the network.
 */
export function lwf({ weighting = 'per-task' }: LwfOptions = {}): Strategy<LwfState> {
  return {
    name: 'lwf',
    init: () => ({ teacher: null }),
    rehearse: ({ teacher }, { batches, model, past, task }) => {
      if (teacher === null || batches.length === 0) return []; // asleep there is nothing to answer for
      const inputs = batches.map(readBatch);
      const x = inputs.length === 1 ? (inputs[0] as tf.Tensor2D) : tf.concat<tf.Tensor2D>(inputs, 0);
      return past.map((group) => ({
        x,
        targets: teacherAnswers(model, teacher, x, group),
        temperature: distillationTemperature,
        units: group.units,
        task: group.tasks[0] ?? 0,
        weight: weighting === 'once' ? group.tasks.length / task : group.tasks.length,
        added: weighting !== 'by-task',
      }));
    },
    consolidate: (_, { params }) => ({ teacher: params }),
  };
}
