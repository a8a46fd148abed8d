import type { Probe } from '@engram/scene-kit/worker';
import { flatWeights } from '@engram/scene-net-parts/probe';

/** A weight counts as changed if it moved by more than this in one task. */
const threshold = 1e-3;
let before: Float32Array | null = null;

/** The share of all weights that the last task changed; nothing before the first. */
export const changes: Probe = async ({ after, tasksLearned, learner }): Promise<number | undefined> => {
  if (after === 'step') return undefined;
  const now = await flatWeights(learner.params);
  const old = tasksLearned === 0 ? null : before;
  before = now;
  return old === null ? undefined : changedShare(old, now);
};

export const changedShare = (old: Float32Array, now: Float32Array): number =>
  now.reduce((count, value, i) => count + Number(Math.abs(value - (old[i] ?? 0)) > threshold), 0) / now.length;
