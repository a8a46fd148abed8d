import { rootMeanSquare } from '@engram/scene-net-parts';

/** One weight on its spring. */
export interface Spring {
  /** Position among all weights in one row. */
  readonly position: number;
  /** Share of the weights of any importance that are less important, from 0 to 1. */
  readonly rank: number;
  /** F: how much the tasks so far depend on it (Fisher information). */
  readonly importance: number;
  /** θ*: where its spring is fixed. */
  readonly anchor: number;
  /** θ */
  readonly weight: number;
}

/** Force on a weight, −∂/∂θ of λ/2 · F (θ − θ*)² = −λ F (θ − θ*). */
export const forceOf = ({ importance, anchor, weight }: Spring, lambda: number): number =>
  -lambda * importance * (weight - anchor);

/** Ranks of the springs that are drawn: the stiffest, then ever more ordinary ones. */
export const ranks: readonly number[] = [1, 0.999, 0.99, 0.95, 0.9, 0.75, 0.5, 0.1];

/** Where they are, in an order of positions by importance. */
export function pickedPositions(
  order: Uint32Array,
  importance: Float32Array,
): readonly { readonly position: number; readonly rank: number }[] {
  const of = order.findIndex((position) => (importance[position] ?? 0) <= 0);
  const count = of === -1 ? order.length : of;
  return ranks.map((rank) => ({ rank, position: order[Math.round((1 - rank) * Math.max(0, count - 1))] ?? 0 }));
}

/** How far weights moved, root mean square: the tenth that is most and the tenth that is least important to the first task. */
export interface Moved {
  readonly most: number;
  readonly least: number;
}

export function movedBy(order: Uint32Array, from: Float32Array, to: Float32Array): Moved {
  const change = to.map((value, i) => value - (from[i] ?? 0));
  const tenth = Math.max(1, Math.floor(order.length / 10));
  return {
    most: rootMeanSquare(change, order.subarray(0, tenth)),
    least: rootMeanSquare(change, order.subarray(order.length - tenth)),
  };
}
