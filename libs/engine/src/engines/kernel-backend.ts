import * as tf from '#tf';
import { createComputations } from './computations.ts';
import type { Inputs } from './computations.ts';
import type { Kernels } from './kernels.ts';
import type { TensorMemory } from './memory.ts';

/** What the backend uses of TensorFlow.js' CPU backend, which its types do not export from the bundle. */
interface CpuBackend extends tf.KernelBackend {
  readonly data: tf.DataStorage<{ values: tf.BackendValues; dtype: tf.DataType; refCount: number }>;
  disposeData(dataId: object, force?: boolean): boolean;
  readSync(dataId: object): tf.BackendValues;
  read(dataId: object): Promise<tf.BackendValues>;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: tf.BackendValues): tf.TensorInfo;
}

/** Kernels that pass a tensor's memory on by counting references, so that it may stay ours. */
const referring = new Set<string>([tf.Identity, tf.Reshape, tf.ExpandDims]);

/**
 * Registers a TensorFlow.js backend over our own kernels. It is the CPU backend with the kernels that training spends
 * its time in replaced; everything else stays TensorFlow.js' own code. Memory of results is pooled: whatever an
 * unreplaced kernel has looked at is exposed first, since such a kernel may return a view of it.
 */
export async function registerKernelBackend(name: string, kernels: Kernels, memory: TensorMemory): Promise<void> {
  if (tf.engine().registryFactory[name] !== undefined) return;
  await tf.ready();
  const cpu = tf.findBackend('cpu');
  // the class itself is not exported from the bundle
  const Cpu = cpu.constructor as new () => CpuBackend;

  class KernelBackend extends Cpu {
    override disposeData(dataId: object, force?: boolean): boolean {
      const values = this.data.has(dataId) ? this.data.get(dataId).values : undefined;
      const gone = super.disposeData(dataId, force);
      if (gone && values instanceof Float32Array) memory.giveBack(values);
      return gone;
    }

    // what is read may be kept by the reader, so it must not be memory that is used again
    override readSync(dataId: object): tf.BackendValues {
      const values = super.readSync(dataId);
      return values instanceof Float32Array ? values.slice() : values;
    }

    override read(dataId: object): Promise<tf.BackendValues> {
      return Promise.resolve(this.readSync(dataId));
    }
  }
  const backend = new KernelBackend();
  // the notice about a faster package would be wrong here
  Object.assign(backend, { firstUse: false });

  /** Moves a tensor's values, where they are floats, to where `place` puts them. */
  const move = ({ dataId }: tf.TensorInfo, place: (values: Float32Array) => Float32Array): tf.BackendValues => {
    const entry = backend.data.get(dataId);
    if (entry.values instanceof Float32Array) entry.values = place(entry.values);
    return entry.values;
  };
  const own = createComputations({
    kernels,
    values: (info) => move(info, memory.admit),
    result: (shape) => {
      const values = memory.take(tf.util.sizeFromShape([...shape]));
      return { info: backend.makeTensorInfo([...shape], 'float32', values), values };
    },
    discard: ({ dataId }) => void backend.disposeData(dataId),
  });

  for (const config of tf.getKernelsForBackend('cpu')) {
    const compute = own.replacements[config.kernelName];
    const fallback = (args: Parameters<tf.KernelFunc>[0]): tf.TensorInfo | tf.TensorInfo[] => {
      if (!referring.has(config.kernelName)) {
        for (const input of Object.values(args.inputs)) if (input?.dataId) move(input, memory.expose);
      }
      return config.kernelFunc(args);
    };
    tf.registerKernel({
      ...config,
      backendName: name,
      kernelFunc: (args) => {
        const computed = compute?.(args.inputs as Inputs, args.attrs ?? {});
        return computed ?? fallback(args);
      },
    });
  }
  for (const [kernelName, compute] of Object.entries(own.fused)) {
    tf.registerKernel({
      kernelName,
      backendName: name,
      kernelFunc: ({ inputs, attrs }) => compute(inputs as Inputs, attrs ?? {}),
    });
  }
  tf.registerBackend(name, () => backend, 2);
}
