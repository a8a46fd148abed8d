import type { Probe } from './session.ts';

export interface SeenWeights {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** All weights of the network by name after each evaluation: `SeenWeights[]`, copies. */
export const weights: Probe = ({ after, learner }) =>
  after === 'step'
    ? undefined
    : Promise.all(
        Object.entries(learner.params).map(async ([name, tensor]): Promise<SeenWeights> => ({
          name,
          shape: [...tensor.shape],
          values: Float32Array.from(await tensor.data()),
        })),
      );
