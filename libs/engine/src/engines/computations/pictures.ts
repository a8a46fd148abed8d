import * as tf from '#tf';
import { fusedKernels, gradientKernels } from '../../ops/fused.ts';
import { code, floatsOf, input, isFloat, sizeOf, table } from './workshop.ts';
import type { Attributes, Compute, Inputs, Replacement, Workshop } from './workshop.ts';

type Shape4 = [number, number, number, number];

/** Convolutions, pooling and batch normalization of pictures [batch, height, width, channels]. */
export function pictureComputations(workshop: Workshop) {
  const { kernels, result } = workshop;
  const floats = floatsOf(workshop);

  const zeros = (shape: readonly number[]): tf.TensorInfo => {
    const { info, values } = result(shape);
    values.fill(0);
    return info;
  };

  const convolutionWindow = (
    inShape: readonly number[],
    filterShape: readonly number[],
    { strides, pad, dataFormat, dilations, dimRoundingMode }: Attributes,
    depthwise = false,
  ): Window | undefined => {
    if (dataFormat !== undefined && dataFormat !== 'NHWC') return undefined;
    const info = tf.backend_util.computeConv2DInfo(
      inShape as Shape4,
      filterShape as Shape4,
      strides as number,
      (dilations ?? 1) as number,
      pad as 'same',
      dimRoundingMode as 'floor',
      depthwise,
    );
    // convolutions in groups are left to TensorFlow.js
    return depthwise || info.inChannels === filterShape[2] ? windowOf(info) : undefined;
  };

  const poolWindow = (x: tf.TensorInfo, { filterSize, strides, pad, dimRoundingMode }: Attributes): Window =>
    windowOf(
      tf.backend_util.computePool2DInfo(
        x.shape as Shape4,
        filterSize as number,
        strides as number,
        1,
        pad as 'same',
        dimRoundingMode as 'floor',
      ),
    );

  const convolve = (
    x: tf.TensorInfo,
    filter: tf.TensorInfo,
    bias: tf.TensorInfo | undefined,
    relu: boolean,
    window: Window,
  ) => {
    if (window.empty) return zeros(window.outShape);
    const { info, values } = result(window.outShape);
    kernels.convolution(values, floats(x), floats(filter), bias ? floats(bias) : null, Number(relu), window.numbers);
    return info;
  };

  /** A result of the shape given, for windows whose own results have that of `output` (TensorFlow.js accepts others). */
  const computed = (
    shape: readonly number[],
    window: Window | undefined,
    output: readonly number[],
    compute: (out: Float32Array, window: Int32Array) => void,
  ): tf.TensorInfo | undefined => {
    if (window === undefined || String(window.outShape) !== String(output)) return undefined;
    if (window.empty) return zeros(shape);
    const { info, values } = result(shape);
    compute(values, window.numbers);
    return info;
  };

  const pool =
    (operation: string): Replacement =>
    (inputs, attributes) => {
      const x = input(inputs, 'x');
      if (!isFloat(x)) return undefined;
      const window = poolWindow(x, attributes);
      // TensorFlow.js gives the picture itself here, whatever the strides and the padding
      if (window.single && String(window.outShape) === String(x.shape)) return undefined;
      return computed(window.outShape, window, window.outShape, (out, numbers) =>
        kernels.pool(code(operation), out, floats(x), numbers),
      );
    };
  const poolGradient =
    (operation: string): Replacement =>
    (inputs, attributes) => {
      const dy = input(inputs, 'dy');
      const x = input(inputs, 'input');
      if (!isFloat(dy, x)) return undefined;
      return computed(x.shape, poolWindow(x, attributes), dy.shape, (dx, numbers) =>
        kernels.poolGradient(code(operation), dx, floats(dy), floats(x), numbers),
      );
    };

  const replacements: Readonly<Record<string, Replacement>> = {
    [tf.Conv2D]: (inputs, attributes) => {
      const [x, filter] = [input(inputs, 'x'), input(inputs, 'filter')];
      if (!isFloat(x, filter)) return undefined;
      const window = convolutionWindow(x.shape, filter.shape, attributes);
      return window && convolve(x, filter, undefined, false, window);
    },
    [tf.FusedConv2D]: (inputs, attributes) => {
      const [x, filter, bias] = [input(inputs, 'x'), input(inputs, 'filter'), inputs['bias']];
      const { activation } = attributes;
      if (!isFloat(x, filter) || bias?.shape.length !== 1 || bias.shape[0] !== filter.shape[3]) return undefined;
      if (activation !== 'linear' && activation !== 'relu') return undefined;
      const window = convolutionWindow(x.shape, filter.shape, attributes);
      return window && convolve(x, filter, bias, activation === 'relu', window);
    },
    [tf.Conv2DBackpropInput]: (inputs, attributes) => {
      const [dy, filter] = [input(inputs, 'dy'), input(inputs, 'filter')];
      const shape = attributes['inputShape'] as number[];
      if (!isFloat(dy, filter)) return undefined;
      return computed(shape, convolutionWindow(shape, filter.shape, attributes), dy.shape, (dx, window) =>
        kernels.convolutionInputGradient(dx, floats(dy), floats(filter), window),
      );
    },
    [tf.Conv2DBackpropFilter]: (inputs, attributes) => {
      const [x, dy] = [input(inputs, 'x'), input(inputs, 'dy')];
      const shape = attributes['filterShape'] as number[];
      if (!isFloat(x, dy)) return undefined;
      return computed(shape, convolutionWindow(x.shape, shape, attributes), dy.shape, (dfilter, window) =>
        kernels.convolutionFilterGradient(dfilter, floats(x), floats(dy), window),
      );
    },
    [tf.DepthwiseConv2dNative]: (inputs, attributes) => {
      const [x, filter] = [input(inputs, 'x'), input(inputs, 'filter')];
      if (!isFloat(x, filter)) return undefined;
      const window = convolutionWindow(x.shape, filter.shape, attributes, true);
      if (window === undefined) return undefined;
      return computed(window.outShape, window, window.outShape, (out, numbers) =>
        kernels.depthwise(out, floats(x), floats(filter), numbers),
      );
    },
    [tf.DepthwiseConv2dNativeBackpropInput]: (inputs, attributes) => {
      const [dy, filter] = [input(inputs, 'dy'), input(inputs, 'filter')];
      const shape = attributes['inputShape'] as number[];
      if (!isFloat(dy, filter)) return undefined;
      return computed(shape, convolutionWindow(shape, filter.shape, attributes, true), dy.shape, (dx, window) =>
        kernels.depthwiseInputGradient(dx, floats(dy), floats(filter), window),
      );
    },
    [tf.DepthwiseConv2dNativeBackpropFilter]: (inputs, attributes) => {
      const [x, dy] = [input(inputs, 'x'), input(inputs, 'dy')];
      const shape = attributes['filterShape'] as number[];
      if (!isFloat(x, dy)) return undefined;
      return computed(shape, convolutionWindow(x.shape, shape, attributes, true), dy.shape, (dfilter, window) =>
        kernels.depthwiseFilterGradient(dfilter, floats(x), floats(dy), window),
      );
    },
    [tf.MaxPool]: pool('>'),
    [tf.AvgPool]: pool('+'),
    [tf.MaxPoolGrad]: poolGradient('>'),
    [tf.AvgPoolGrad]: poolGradient('+'),
    [tf.FusedBatchNorm]: (inputs, { varianceEpsilon }) => {
      const [x, mean, variance] = [input(inputs, 'x'), input(inputs, 'mean'), input(inputs, 'variance')];
      const [gamma, beta] = [inputs['scale'], inputs['offset']];
      const channels = x.shape.at(-1) ?? 0;
      const perChannel = [mean, variance, gamma, beta].every(
        (info) => info === undefined || (info.shape.length === 1 && info.shape[0] === channels && isFloat(info)),
      );
      if (!isFloat(x) || !perChannel || sizeOf(x) === 0) return undefined;
      const { info, values } = result(x.shape);
      const [factor, shift] = [gamma ? floats(gamma) : null, beta ? floats(beta) : null];
      const rows = values.length / channels;
      const epsilon = Number(varianceEpsilon ?? 0.001);
      kernels.normalize(values, floats(x), floats(mean), floats(variance), factor, shift, epsilon, rows, channels);
      return info;
    },
  };

  const fused: Readonly<Record<string, Compute>> = {
    [fusedKernels.convolution]: (inputs: Inputs, attributes: Attributes) => {
      const [x, filter] = [input(inputs, 'x'), input(inputs, 'filter')];
      const window = convolutionWindow(x.shape, filter.shape, attributes);
      if (window === undefined) throw new RangeError(`conv2d: filter [${filter.shape}] does not fit x [${x.shape}]`);
      return convolve(x, filter, input(inputs, 'bias'), attributes['activation'] === 'relu', window);
    },
    [fusedKernels.batchNorm]: (inputs, { epsilon }) => {
      const x = input(inputs, 'x');
      const { rows, cols } = table(x);
      const [out, mean, variance] = [result(x.shape), result([cols]), result([cols])];
      const [gamma, beta] = [floats(input(inputs, 'gamma')), floats(input(inputs, 'beta'))];
      kernels.moments(mean.values, variance.values, floats(x), rows, cols);
      kernels.normalize(out.values, floats(x), mean.values, variance.values, gamma, beta, Number(epsilon), rows, cols);
      return [out.info, mean.info, variance.info];
    },
    [gradientKernels.batchNorm]: (inputs, { epsilon }) => {
      const x = input(inputs, 'x');
      const { rows, cols } = table(x);
      const [dx, dgamma, dbeta] = [result(x.shape), result([cols]), result([cols])];
      const [dy, mean, variance, gamma] = ['dy', 'mean', 'variance', 'gamma'].map((name) =>
        floats(input(inputs, name)),
      ) as [Float32Array, Float32Array, Float32Array, Float32Array];
      const made = [dx.values, dgamma.values, dbeta.values] as const;
      kernels.normalizationGradient(...made, dy, floats(x), mean, variance, gamma, Number(epsilon), rows, cols);
      return [dx.info, dgamma.info, dbeta.info];
    },
    [fusedKernels.normal]: (_, { shape, key0, key1 }) => {
      const { info, values } = result(shape as number[]);
      kernels.normal(values, values.length, Number(key0), Number(key1));
      return info;
    },
  };
  return { replacements, fused };
}

interface Window {
  readonly outShape: readonly number[];
  /** Whether a window is one pixel. */
  readonly single: boolean;
  /** Whether there is nothing to compute. */
  readonly empty: boolean;
  /** The struct of kernels.h. */
  readonly numbers: Int32Array;
}

const windowOf = (info: tf.backend_util.Conv2DInfo): Window => {
  const sizes = [info.batchSize, info.inHeight, info.inWidth, info.inChannels];
  const out = [info.outHeight, info.outWidth, info.outChannels];
  return {
    outShape: info.outShape,
    single: info.filterHeight === 1 && info.filterWidth === 1,
    empty: [...sizes, ...out].some((size) => size <= 0),
    numbers: Int32Array.of(
      ...sizes,
      ...out,
      info.filterHeight,
      info.filterWidth,
      info.strideHeight,
      info.strideWidth,
      info.padInfo.top,
      info.padInfo.left,
      info.dilationHeight,
      info.dilationWidth,
    ),
  };
};
