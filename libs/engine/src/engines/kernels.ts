/** Raised whenever the same seed gives other bits than before; recorded with every run. */
export const kernelVersion = '0.4.0';

/** The arithmetic that a native addon or a WebAssembly module offers; see kernels/kernels.h for what each does. */
export interface Kernels {
  /** What they were compiled for. */
  readonly variant: string;
  gemm(
    transposeA: number,
    transposeB: number,
    m: number,
    n: number,
    k: number,
    a: Float32Array,
    b: Float32Array,
    c: Float32Array,
  ): void;
  biasActivation(
    z: Float32Array,
    rows: number,
    cols: number,
    bias: Float32Array,
    gate: Float32Array | null,
    relu: number,
    gateFirst: number,
  ): void;
  activationGradient(
    delta: Float32Array,
    sums: Float32Array,
    dy: Float32Array,
    y: Float32Array,
    rows: number,
    cols: number,
    gate: Float32Array | null,
    relu: number,
    gateFirst: number,
  ): void;
  columnSums(out: Float32Array, x: Float32Array, rows: number, cols: number): void;
  weightedSquares(out: Float32Array, x: Float32Array, rows: number, cols: number, weights: Float32Array | null): void;
  crossEntropy(
    loss: Float32Array,
    gradient: Float32Array,
    logits: Float32Array,
    targets: Float32Array,
    rows: number,
    cols: number,
  ): void;
  adam(
    pOut: Float32Array,
    mOut: Float32Array,
    vOut: Float32Array,
    p: Float32Array,
    g: Float32Array,
    m: Float32Array,
    v: Float32Array,
    n: number,
    step: number,
    root: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
  momentum(
    pOut: Float32Array,
    uOut: Float32Array | null,
    p: Float32Array,
    g: Float32Array,
    u: Float32Array | null,
    n: number,
    rate: number,
    mu: number,
  ): void;
  anchoredGradient(
    out: Float32Array,
    g: Float32Array,
    p: Float32Array,
    c: Float32Array,
    a: Float32Array,
    n: number,
    strength: number,
  ): void;
  pathIntegral(
    out: Float32Array,
    path: Float32Array,
    g: Float32Array,
    before: Float32Array,
    after: Float32Array,
    n: number,
  ): void;
  /**
   * out [rows, cols] = a ∘ b. `operation` is the character code of + − * / > (larger) or < (smaller). Row i of a starts at
   * i · aRow; aCol says whether a row has a value for each column (1) or one for all (0).
   */
  binary(
    operation: number,
    out: Float32Array,
    a: Float32Array,
    aRow: number,
    aCol: number,
    b: Float32Array,
    bRow: number,
    bCol: number,
    rows: number,
    cols: number,
  ): void;
  /** `operation` is a character code that kernels.h explains. */
  unary(operation: number, out: Float32Array, from: Float32Array, n: number): void;
  reduce(operation: number, out: Float32Array, x: Float32Array, outer: number, count: number, inner: number): void;
  transpose(out: Float32Array, x: Float32Array, rows: number, cols: number): void;
  addRows(out: Float32Array, x: Float32Array, segments: Int32Array, rows: number, cols: number, count: number): void;
  softmax(out: Float32Array, x: Float32Array, rows: number, cols: number): void;
  binaryCrossEntropy(
    loss: Float32Array,
    gradient: Float32Array,
    logits: Float32Array,
    targets: Float32Array,
    weights: Float32Array,
    rows: number,
    cols: number,
  ): void;
  readBytes(
    out: Float32Array,
    source: Uint8Array,
    rows: Int32Array,
    rowCount: number,
    rowLength: number,
    permutation: Int32Array | null,
    columns: number,
    scale: number,
  ): void;
  readFloats(
    out: Float32Array,
    source: Float32Array,
    rows: Int32Array,
    rowCount: number,
    rowLength: number,
    permutation: Int32Array | null,
    columns: number,
    scale: number,
  ): void;
  convolution(
    out: Float32Array,
    x: Float32Array,
    filter: Float32Array,
    bias: Float32Array | null,
    relu: number,
    window: Int32Array,
  ): void;
  convolutionInputGradient(dx: Float32Array, dy: Float32Array, filter: Float32Array, window: Int32Array): void;
  convolutionFilterGradient(dfilter: Float32Array, x: Float32Array, dy: Float32Array, window: Int32Array): void;
  depthwise(out: Float32Array, x: Float32Array, filter: Float32Array, window: Int32Array): void;
  depthwiseInputGradient(dx: Float32Array, dy: Float32Array, filter: Float32Array, window: Int32Array): void;
  depthwiseFilterGradient(dfilter: Float32Array, x: Float32Array, dy: Float32Array, window: Int32Array): void;
  pool(operation: number, out: Float32Array, x: Float32Array, window: Int32Array): void;
  poolGradient(operation: number, dx: Float32Array, dy: Float32Array, x: Float32Array, window: Int32Array): void;
  normalize(
    out: Float32Array,
    x: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
    gamma: Float32Array | null,
    beta: Float32Array | null,
    epsilon: number,
    rows: number,
    cols: number,
  ): void;
  moments(mean: Float32Array, variance: Float32Array, x: Float32Array, rows: number, cols: number): void;
  normalizationGradient(
    dx: Float32Array,
    dgamma: Float32Array,
    dbeta: Float32Array,
    dy: Float32Array,
    x: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
    gamma: Float32Array | null,
    epsilon: number,
    rows: number,
    cols: number,
  ): void;
  normal(out: Float32Array, n: number, key0: number, key1: number): void;
}

/** The functions of `kernels` in kernels.h, in its order. */
export const kernelOrder = [
  'scratchFloats',
  'gemm',
  'biasActivation',
  'activationGradient',
  'columnSums',
  'weightedSquares',
  'crossEntropy',
  'adam',
  'momentum',
  'anchoredGradient',
  'pathIntegral',
  'binary',
  'unary',
  'reduce',
  'transpose',
  'addRows',
  'softmax',
  'binaryCrossEntropy',
  'readBytes',
  'readFloats',
  'convolutionFloats',
  'convolution',
  'convolutionInputGradient',
  'convolutionFilterGradient',
  'depthwise',
  'depthwiseInputGradient',
  'depthwiseFilterGradient',
  'pool',
  'poolGradient',
  'normalize',
  'moments',
  'normalizationGradient',
  'normal',
] as const;
