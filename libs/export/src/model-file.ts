import type { TrainedNetworks, Weights } from '@engram/cl-core';
import { ModelInfo } from '@engram/contracts';
import type { TrainedModel } from '@engram/experiment';
import { ExportError } from './errors.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import type { PlainTensor } from './safetensors.ts';

/**
 * A trained model as one safetensors file, complete with gates and with every network where a strategy keeps several:
 *
 *     network<n>.<weight>    weight of network n; kernels are [inputs, units]
 *     task<k>.gate<l>        factors on hidden layer l for task k
 *
 * and under `engram` in its metadata a ModelInfo as JSON. Tasks, networks and layers are counted from 0.
 */
export function encodeModel({ info, networks }: TrainedModel): Uint8Array<ArrayBuffer> {
  const tensors: Record<string, PlainTensor> = {};
  for (const [n, weights] of networks.weights.entries()) {
    for (const [name, tensor] of Object.entries(weights)) tensors[`network${n}.${name}`] = tensor;
  }
  for (const [k, { gates }] of networks.tasks.entries()) {
    for (const [l, values] of (gates?.layers ?? []).entries())
      tensors[`task${k}.gate${l}`] = { shape: [values.length], values };
  }
  return encodeSafetensors({ tensors, metadata: { engram: JSON.stringify(info) } });
}

/** Reads what `encodeModel` wrote. Throws ExportError `corrupt` or `not-a-model`. */
export function decodeModel(file: Uint8Array): TrainedModel {
  const { tensors, metadata } = decodeSafetensors(file);
  const info = parseInfo(metadata['engram']);
  const count = Math.max(...info.tasks.map(({ weights }) => weights)) + 1;
  const networks: TrainedNetworks = {
    weights: Array.from({ length: count }, (_, n) => withPrefix(tensors, `network${n}.`)),
    tasks: info.tasks.map(({ weights, units, gates: position }, k) => {
      const layers = Object.values(withPrefix(tensors, `task${k}.gate`)).map(({ values }) => values);
      return { weights, units, gates: position === null ? undefined : { layers, position } };
    }),
  };
  return { info, networks };
}

function parseInfo(json: string | undefined): ModelInfo {
  try {
    return ModelInfo.parse(JSON.parse(json ?? ''));
  } catch (error) {
    throw new ExportError(
      'not-a-model',
      'This safetensors file does not say what its weights are: expected a description of an Engram model in its metadata. Use a model.safetensors that a run has written with this version.',
      { cause: error },
    );
  }
}

const withPrefix = (tensors: Weights, prefix: string): Weights =>
  Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [],
    ),
  );
