import type { Params } from '../params.ts';
import type { Strategy } from './strategy.ts';

/**
 * All tasks shuffled together, from the first step to the last: what the same network reaches when nothing has to be
 * remembered, the upper target (van de Ven et al. 2022, doi:10.1038/s42256-022-00568-3).
 */
export const joint = (): Strategy => ({
  name: 'joint',
  standsAlone: true,
  curriculum: 'joint',
  init: () => ({}),
});

/**
 * Every task is trained on together with all before it, nothing thrown away: the upper target that keeps the order of the
 * tasks. What a network reaches when memory is free.
 */
export const cumulative = (): Strategy => ({
  name: 'cumulative',
  standsAlone: true,
  curriculum: 'cumulative',
  init: () => ({}),
});

/** A fresh network for each task, called up at test time: nothing interferes, nothing is shared. */
export const separateNetworks = (): Strategy<readonly Params[]> => ({
  name: 'separate-networks',
  requiresTask: true,
  standsAlone: true,
  init: () => [],
  begin: (_, { task, model, rng }) => (task === 0 ? undefined : model.init(rng)),
  consolidate: (networks, { params }) => [...networks, params],
  recall: (networks, params, task) => networks[task] ?? params,
});
