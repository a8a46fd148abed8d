import type { TrainedModel } from '@engram/experiment';
import { denseLayers } from './dense-stack.ts';
import type { DenseLayer } from './dense-stack.ts';
import { ExportError } from './errors.ts';

/** A file of an export, its path relative to where the export goes. */
export interface ExportedFile {
  readonly path: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

export const mostExportBytes = 1 << 30;

/**
 * The model in the TensorFlow.js layers format, which `tf.loadLayersModel` reads: model.json and weights.bin. Where the tasks
 * have networks or gates of their own there is one model per task in task-1/, task-2/ and so on; `task` (from 0) exports
 * one of them. Throws ExportError `too-large` where all of them together would pass `mostBytes`, and `unknown-task`.
 */
export function layersFiles(model: TrainedModel, task?: number, mostBytes = mostExportBytes): readonly ExportedFile[] {
  if (task !== undefined) return filesOf(denseLayers(model, task), '');
  const { tasks, weights } = model.networks;
  const same = tasks.every((own) => own.weights === tasks[0]?.weights && own.gates === undefined);
  if (same) return filesOf(denseLayers(model, 0), '');
  const bytes = tasks.reduce((sum, own) => sum + sizeOf(weights[own.weights] ?? {}), 0);
  if (bytes > mostBytes) {
    throw new ExportError(
      'too-large',
      `Each of the ${tasks.length} tasks has a network or gates of its own, so exporting all as layers takes ${Math.ceil(bytes / 2 ** 20)} MiB; the limit is ${mostBytes / 2 ** 20}. Choose one task, or safetensors, where weights and gates are kept apart.`,
    );
  }
  return tasks.flatMap((_, k) => filesOf(denseLayers(model, k), `task-${k + 1}/`));
}

const sizeOf = (weights: Readonly<Record<string, { readonly values: Float32Array }>>): number =>
  Object.values(weights).reduce((sum, { values }) => sum + values.byteLength, 0);

function filesOf(layers: readonly DenseLayer[], folder: string): readonly ExportedFile[] {
  const named = layers.map((layer, l) => ({ ...layer, name: `dense_${l + 1}` }));
  const weights = named.flatMap(({ name, kernel, bias }) => [
    { name: `${name}/kernel`, tensor: kernel },
    { name: `${name}/bias`, tensor: bias },
  ]);
  const topology = {
    class_name: 'Sequential',
    config: {
      name: 'engram',
      layers: named.map(({ name, kernel, activation }, l) => ({
        class_name: 'Dense',
        config: {
          name,
          trainable: true,
          dtype: 'float32',
          units: kernel.shape[1],
          activation,
          use_bias: true,
          ...(l === 0 ? { batch_input_shape: [null, kernel.shape[0]] } : {}),
        },
      })),
    },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
  const json = {
    format: 'layers-model',
    generatedBy: 'Engram',
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: weights.map(({ name, tensor }) => ({ name, shape: tensor.shape, dtype: 'float32' })),
      },
    ],
  };
  const content = new Uint8Array(weights.reduce((sum, { tensor }) => sum + tensor.values.byteLength, 0));
  let at = 0;
  for (const { tensor } of weights) {
    content.set(new Uint8Array(tensor.values.buffer, tensor.values.byteOffset, tensor.values.byteLength), at);
    at += tensor.values.byteLength;
  }
  return [
    { path: `${folder}model.json`, content: `${JSON.stringify(json, null, 2)}\n` },
    { path: `${folder}weights.bin`, content },
  ];
}
