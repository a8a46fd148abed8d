import type { UnitRange } from '@engram/datasets';
import type { Params } from './params.ts';
import type { GateMasks } from './strategies/strategy.ts';

/** Weights as plain numbers, by name, row-major. */
export type Weights = Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>;

/** What a learner has learned, without the learner: which weights, gates and output units answer for each task. */
export interface TrainedNetworks {
  /** Each set once: one for all tasks, or more where a strategy keeps a network per task. */
  readonly weights: readonly Weights[];
  /** In the order in which the tasks are learned. */
  readonly tasks: readonly {
    /** Position in `weights`. */
    readonly weights: number;
    readonly gates: GateMasks | undefined;
    readonly units: UnitRange;
  }[];
}

/** Reads the tensors behind each task; tasks with the same weights share them. */
export async function readNetworks(
  tasks: readonly {
    readonly params: Params;
    readonly gates: GateMasks | undefined;
    readonly units: UnitRange;
  }[],
): Promise<TrainedNetworks> {
  const distinct = [...new Set(tasks.map(({ params }) => params))];
  return {
    weights: await Promise.all(distinct.map(readWeights)),
    tasks: tasks.map(({ params, gates, units }) => ({ weights: distinct.indexOf(params), gates, units })),
  };
}

async function readWeights(params: Params): Promise<Weights> {
  const entries = Object.entries(params).map(async ([name, tensor]) => {
    const values = await tensor.data();
    if (!(values instanceof Float32Array)) throw new TypeError(`${name} holds ${tensor.dtype}, not float32`);
    // an engine may give a view of memory that it uses again
    return [name, { shape: tensor.shape, values: values.slice() }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
