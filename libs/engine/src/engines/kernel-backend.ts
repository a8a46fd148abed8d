import * as tf from '#tf';
import type { BatchSource } from '../ops/read-batch.ts';
import { fusedKernels, gradientKernels } from '../ops/fused.ts';
import { createBufferPool } from './pool.ts';
import type { Kernels } from './kernels.ts';

/** What the backend uses of TensorFlow.js' CPU backend, which its types do not export from the bundle. */
interface CpuBackend extends tf.KernelBackend {
  readonly data: tf.DataStorage<{ values: tf.BackendValues; dtype: tf.DataType; refCount: number }>;
  disposeData(dataId: object, force?: boolean): boolean;
  readSync(dataId: object): tf.BackendValues;
  read(dataId: object): Promise<tf.BackendValues>;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: tf.BackendValues): tf.TensorInfo;
}

type Inputs = Readonly<Record<string, tf.TensorInfo>>;
type Attributes = Readonly<Record<string, unknown>>;
type Compute = (inputs: Inputs, attributes: Attributes) => tf.TensorInfo | tf.TensorInfo[];

/** Kernels that pass a tensor's memory on by counting references, so that the pool may keep it. */
const referring = new Set<string>([tf.Identity, tf.Reshape, tf.ExpandDims]);

/**
 * Registers a TensorFlow.js backend over our own kernels. It is the CPU backend with the kernels that training spends
 * its time in replaced; everything else stays TensorFlow.js' own code. Memory of results is pooled: whatever an
 * unreplaced kernel has looked at leaves the pool, since such a kernel may return a view of it.
 */
export async function registerKernelBackend(name: string, kernels: Kernels): Promise<void> {
  if (tf.engine().registryFactory[name] !== undefined) return;
  await tf.ready();
  const cpu = tf.findBackend('cpu');
  // the class itself is not exported from the bundle
  const Cpu = cpu.constructor as new () => CpuBackend;
  const pool = createBufferPool();

  class KernelBackend extends Cpu {
    override disposeData(dataId: object, force?: boolean): boolean {
      const values = this.data.has(dataId) ? this.data.get(dataId).values : undefined;
      const gone = super.disposeData(dataId, force);
      if (gone && values instanceof Float32Array && pool.owns(values)) pool.giveBack(values);
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

  const valuesOf = ({ dataId }: tf.TensorInfo): tf.BackendValues => backend.data.get(dataId).values;
  const floats = (info: tf.TensorInfo): Float32Array => valuesOf(info) as Float32Array;
  const result = (shape: readonly number[]): { readonly info: tf.TensorInfo; readonly values: Float32Array } => {
    const values = pool.take(tf.util.sizeFromShape([...shape]));
    return { info: backend.makeTensorInfo([...shape], 'float32', values), values };
  };
  const own = createComputations(kernels, floats, result, (info) => void backend.disposeData(info.dataId));

  for (const config of tf.getKernelsForBackend('cpu')) {
    const compute = own.replacements[config.kernelName];
    const fallback = (args: Parameters<tf.KernelFunc>[0]): tf.TensorInfo | tf.TensorInfo[] => {
      if (!referring.has(config.kernelName)) {
        for (const input of Object.values(args.inputs)) if (input?.dataId) pool.release(valuesOf(input));
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

/** The kernels' functions as TensorFlow.js kernels; a replacement gives undefined for what it does not cover. */
function createComputations(
  kernels: Kernels,
  floats: (info: tf.TensorInfo) => Float32Array,
  result: (shape: readonly number[]) => { readonly info: tf.TensorInfo; readonly values: Float32Array },
  discard: (info: tf.TensorInfo) => void,
) {
  const sizeOf = ({ shape }: tf.TensorInfo): number => tf.util.sizeFromShape(shape);
  const isFloat = (...infos: readonly tf.TensorInfo[]): boolean => infos.every(({ dtype }) => dtype === 'float32');
  const sameShape = (a: tf.TensorInfo, b: tf.TensorInfo): boolean => tf.util.arraysEqual(a.shape, b.shape);
  const input = (inputs: Inputs, name: string): tf.TensorInfo => {
    const info = inputs[name];
    if (info === undefined) throw new RangeError(`a kernel was called without its input ${name}`);
    return info;
  };
  const matrix = ({ shape }: tf.TensorInfo): { readonly rows: number; readonly cols: number } => ({
    rows: shape[0] ?? 0,
    cols: shape[1] ?? 0,
  });

  const product = (a: tf.TensorInfo, b: tf.TensorInfo, transposeA: boolean, transposeB: boolean): tf.TensorInfo => {
    const [m, k] = transposeA ? [matrix(a).cols, matrix(a).rows] : [matrix(a).rows, matrix(a).cols];
    const [depth, n] = transposeB ? [matrix(b).cols, matrix(b).rows] : [matrix(b).rows, matrix(b).cols];
    if (depth !== k) throw new RangeError(`matMul: inner sizes differ, ${k} and ${depth}`);
    const { info, values } = result([m, n]);
    kernels.gemm(Number(transposeA), Number(transposeB), m, n, k, floats(a), floats(b), values);
    return info;
  };

  const binary =
    (operation: string): ((inputs: Inputs) => tf.TensorInfo | undefined) =>
    (inputs) => {
      const a = input(inputs, 'a');
      const b = input(inputs, 'b');
      const scalarA = a.shape.length === 0;
      const scalarB = b.shape.length === 0;
      if (!isFloat(a, b) || !(sameShape(a, b) || scalarA || scalarB)) return undefined;
      const { info, values } = result(scalarA ? b.shape : a.shape);
      kernels.binary(
        operation.charCodeAt(0),
        values,
        floats(a),
        Number(scalarA),
        floats(b),
        Number(scalarB),
        values.length,
      );
      return info;
    };

  const dense = (inputs: Inputs, { activation, gatePosition }: Attributes): tf.TensorInfo => {
    const out = product(input(inputs, 'x'), input(inputs, 'kernel'), false, false);
    const { rows, cols } = matrix(out);
    const gate = inputs['gate'];
    const relu = Number(activation === 'relu');
    const first = Number(gatePosition === 'before-bias');
    kernels.biasActivation(
      floats(out),
      rows,
      cols,
      floats(input(inputs, 'bias')),
      gate ? floats(gate) : null,
      relu,
      first,
    );
    return out;
  };

  /** One result per parameter: the kernel is called with the inputs called `<name><i>`. */
  const perParameter = (
    count: unknown,
    call: (of: (name: string) => Float32Array, make: () => Float32Array, size: number) => void,
    inputs: Inputs,
    like: string,
  ): tf.TensorInfo[][] =>
    Array.from({ length: Number(count) }, (_, i) => {
      const made: tf.TensorInfo[] = [];
      const model = input(inputs, `${like}${i}`);
      const make = (): Float32Array => {
        const { info, values } = result(model.shape);
        made.push(info);
        return values;
      };
      call((name) => floats(input(inputs, `${name}${i}`)), make, sizeOf(model));
      return made;
    });
  /** From one list per parameter to one list per result. */
  const byResult = (made: readonly (readonly tf.TensorInfo[])[], results: number): tf.TensorInfo[] =>
    Array.from({ length: results }, (_, r) => made.flatMap((list) => list[r] ?? [])).flat();

  const replacements: Readonly<Record<string, (inputs: Inputs, attributes: Attributes) => tf.TensorInfo | undefined>> =
    {
      [tf.BatchMatMul]: (inputs, { transposeA, transposeB }) => {
        const a = input(inputs, 'a');
        const b = input(inputs, 'b');
        if (!isFloat(a, b) || a.shape.length !== 2 || b.shape.length !== 2) return undefined;
        return product(a, b, Boolean(transposeA), Boolean(transposeB));
      },
      [tf.Add]: binary('+'),
      [tf.Sub]: binary('-'),
      [tf.Multiply]: binary('*'),
      [tf.RealDiv]: binary('/'),
    };

  const fused: Readonly<Record<string, Compute>> = {
    [fusedKernels.dense]: dense,
    [fusedKernels.gatedDense]: dense,
    [gradientKernels.activation]: (inputs, { activation, gatePosition }) => {
      const y = input(inputs, 'y');
      const { rows, cols } = matrix(y);
      const { info, values } = result(y.shape);
      const gate = inputs['gate'];
      kernels.activationGradient(
        values,
        floats(input(inputs, 'dy')),
        floats(y),
        rows,
        cols,
        gate ? floats(gate) : null,
        Number(activation === 'relu'),
        Number(gatePosition === 'before-bias'),
      );
      return info;
    },
    [gradientKernels.columnSums]: (inputs) => {
      const x = input(inputs, 'x');
      const { rows, cols } = matrix(x);
      const { info, values } = result([cols]);
      kernels.columnSums(values, floats(x), rows, cols);
      return info;
    },
    [fusedKernels.crossEntropy]: (inputs) => {
      const logits = input(inputs, 'logits');
      const { rows, cols } = matrix(logits);
      const loss = result([]);
      const gradient = result(logits.shape);
      kernels.crossEntropy(loss.values, gradient.values, floats(logits), floats(input(inputs, 'targets')), rows, cols);
      return [loss.info, gradient.info];
    },
    [fusedKernels.adam]: (inputs, { n, stepSize, rootCorrection, beta1, beta2, epsilon }) =>
      byResult(
        perParameter(
          n,
          (of, make, size) =>
            kernels.adam(
              make(),
              make(),
              make(),
              of('params'),
              of('grads'),
              of('firstMoments'),
              of('secondMoments'),
              size,
              Number(stepSize),
              Number(rootCorrection),
              Number(beta1),
              Number(beta2),
              Number(epsilon),
            ),
          inputs,
          'params',
        ),
        3,
      ),
    [fusedKernels.momentum]: (inputs, { n, learningRate, momentum }) => {
      const plain = Number(momentum) === 0;
      return byResult(
        perParameter(
          n,
          (of, make, size) =>
            kernels.momentum(
              make(),
              plain ? null : make(),
              of('params'),
              of('grads'),
              plain ? null : of('velocities'),
              size,
              Number(learningRate),
              Number(momentum),
            ),
          inputs,
          'params',
        ),
        plain ? 1 : 2,
      );
    },
    [fusedKernels.anchoredGradient]: (inputs, { n, strength }) =>
      perParameter(
        n,
        (of, make, size) =>
          kernels.anchoredGradient(
            make(),
            of('grads'),
            of('params'),
            of('center'),
            of('curvature'),
            size,
            Number(strength),
          ),
        inputs,
        'grads',
      ).flat(),
    [fusedKernels.pathIntegral]: (inputs, { n }) =>
      perParameter(
        n,
        (of, make, size) => kernels.pathIntegral(make(), of('path'), of('grads'), of('before'), of('after'), size),
        inputs,
        'path',
      ).flat(),
    [fusedKernels.squaredGradients]: (inputs) => {
      const delta = input(inputs, 'delta');
      const a = input(inputs, 'a');
      const weighted = result(delta.shape);
      const squared = result(a.shape);
      kernels.weightedSquares(
        weighted.values,
        floats(delta),
        matrix(delta).rows,
        matrix(delta).cols,
        floats(input(inputs, 'weights')),
      );
      kernels.weightedSquares(squared.values, floats(a), matrix(a).rows, matrix(a).cols, null);
      const kernel = product(squared.info, weighted.info, true, false);
      const bias = result([matrix(delta).cols]);
      kernels.columnSums(bias.values, weighted.values, matrix(delta).rows, matrix(delta).cols);
      discard(weighted.info);
      discard(squared.info);
      return [kernel, bias.info];
    },
    [fusedKernels.readBatch]: (_, attributes) => {
      const { source, rows, rowLength, permutation, scale } = attributes['batch'] as BatchSource;
      const columns = permutation?.length ?? rowLength;
      const { info, values } = result([rows.length, columns]);
      if (source instanceof Uint8Array) {
        kernels.readBytes(values, source, rows, rows.length, rowLength, permutation ?? null, columns, scale);
      } else {
        kernels.readFloats(values, source, rows, rows.length, rowLength, permutation ?? null, columns, scale);
      }
      return info;
    },
  };
  return { replacements, fused };
}
