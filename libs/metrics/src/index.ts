export { requireAccuracyMatrix, tasksLearned, type AccuracyMatrix } from './accuracy-matrix.ts';
export { computationalEfficiency, modelSizeEfficiency, sampleStorageEfficiency } from './resources.ts';
export {
  confidenceHalfWidth,
  mean,
  pairedDifference,
  standardDeviation,
  standardError,
  tQuantile,
  type PairedDifference,
} from './statistics.ts';
export {
  averageAccuracy,
  averageIncrementalAccuracy,
  backwardTransfer,
  curve,
  forgetting,
  forwardTransfer,
  intransigence,
  learningAccuracy,
  matrixAccuracy,
  matrixBackwardTransfer,
  matrixForwardTransfer,
  nonNegativeForgetting,
  retention,
  stabilityGap,
  summarize,
} from './summary.ts';
