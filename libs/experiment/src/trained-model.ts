import type { TrainedNetworks } from '@engram/cl-core';
import { modelVersion } from '@engram/contracts';
import type { ModelInfo, RunRecord } from '@engram/contracts';
import type { Dataset } from '@engram/datasets';
import type { ExperimentParts } from './build.ts';

/** The networks of a run and what they are about; plain data, so that writing them needs no engine. */
export interface TrainedModel {
  readonly info: ModelInfo;
  readonly networks: TrainedNetworks;
}

/** What a run has learned so far. `record` is the one it ends with. */
export async function trainedModel(
  { stream, learner }: ExperimentParts,
  dataset: Dataset,
  record: RunRecord,
): Promise<TrainedModel> {
  const networks = await learner.networks();
  const perTask = stream.tasks[0]?.classes.length ?? 0;
  // units belong to one task each, or are the same for all
  const ownUnits = stream.outputUnits === perTask * stream.tasks.length;
  return {
    networks,
    info: {
      schema: modelVersion,
      spec: record.spec,
      specHash: record.specHash,
      seed: record.seed,
      engine: record.engine,
      software: record.software,
      data: { name: dataset.name, variant: dataset.variant, hash: dataset.hash, licence: dataset.licence },
      tasksLearned: record.matrix.length - 1,
      input: { shape: stream.inputShape, scale: dataset.train.scale },
      outputs: stream.outputUnits,
      tasks: stream.tasks.map(({ index, name, classes }) => {
        const network = networks.tasks[index];
        if (network === undefined) throw new RangeError(`the learner has no network for task ${index}`);
        return {
          name,
          weights: network.weights,
          units: network.units,
          gates: network.gates?.position ?? null,
          classes: classes.map((label, n) => ({
            unit: ownUnits ? perTask * index + n : n,
            name: dataset.classNames[label] ?? String(label),
          })),
        };
      }),
    },
  };
}
