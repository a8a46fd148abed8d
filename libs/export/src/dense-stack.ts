import type { TrainedModel } from '@engram/experiment';
import { ExportError } from './errors.ts';
import type { PlainTensor } from './safetensors.ts';

/** One layer h = act(x·kernel + bias); kernel [inputs, units]. */
export interface DenseLayer {
  readonly kernel: PlainTensor;
  readonly bias: PlainTensor;
  readonly activation: 'relu' | 'linear';
}

/**
 * The network that answers for a task as plain dense layers, the gates multiplied into the weights:
 *
 * - after the activation, m ∘ h is the input of the next layer, so row i of its kernel is multiplied by m_i;
 * - in front of the bias, m ∘ (x·W) is x·(W·diag m), so column j of the layer's own kernel is multiplied by m_j.
 *
 * Gates are 0, ½ or 1, so the products are exact. Throws ExportError `unknown-task`.
 */
export function denseLayers({ networks }: TrainedModel, task: number): readonly DenseLayer[] {
  const network = networks.tasks[task];
  const weights = networks.weights[network?.weights ?? -1];
  if (network === undefined || weights === undefined) {
    throw new ExportError(
      'unknown-task',
      `There is no task ${task + 1}: this model has learned ${networks.tasks.length} tasks. Choose one of them.`,
    );
  }
  const { gates } = network;
  if (weights['bias0'] === undefined) {
    throw new ExportError(
      'not-a-model',
      `Only stacks of ReLU layers with biases are exported as layers, but this model has ${Object.keys(weights).join(', ')}. Its weights as they are can be had as safetensors.`,
    );
  }
  const layers: DenseLayer[] = [];
  for (let l = 0; weights[`kernel${l}`] !== undefined; l++) {
    const kernel = tensorOf(weights, `kernel${l}`);
    const before = l > 0 && gates?.position === 'after-activation' ? gates.layers[l - 1] : undefined;
    const own = gates?.position === 'before-bias' ? gates.layers[l] : undefined;
    const last = weights[`kernel${l + 1}`] === undefined;
    layers.push({
      kernel: scaled(kernel, before, own),
      bias: tensorOf(weights, `bias${l}`),
      activation: last ? 'linear' : 'relu',
    });
  }
  const used = new Set(layers.flatMap((_, l) => [`kernel${l}`, `bias${l}`]));
  const other = Object.keys(weights).filter((name) => !used.has(name));
  if (layers.length === 0 || other.length > 0) {
    throw new ExportError(
      'not-a-model',
      `Only stacks of dense layers are exported as layers, but this network also has ${other.join(', ')}. Its weights as they are can be had as safetensors.`,
    );
  }
  return layers;
}

function tensorOf(weights: Readonly<Record<string, PlainTensor>>, name: string): PlainTensor {
  const tensor = weights[name];
  if (tensor === undefined) throw new ExportError('not-a-model', `The model has no weight ${name}. Export it again.`);
  return tensor;
}

/** kernel[i, j] · rows[i] · cols[j] */
function scaled(
  { shape, values }: PlainTensor,
  rows: Float32Array | undefined,
  cols: Float32Array | undefined,
): PlainTensor {
  if (rows === undefined && cols === undefined) return { shape, values };
  const units = shape[1] ?? 1;
  return {
    shape,
    values: values.map((value, at) => value * (rows?.[Math.floor(at / units)] ?? 1) * (cols?.[at % units] ?? 1)),
  };
}
