export { describeCheckpoint, type RunProgress } from './run-checkpoint.ts';
export { ResumeError, SpecError, type ResumeErrorCode, type SpecErrorCode } from './errors.ts';
export { lesionStudy, type LesionOptions, type LesionResult } from './lesion-study.ts';
export { nearest, suggestion } from './nearest.ts';
export { presets, type Preset, type PresetParameter } from './presets/index.ts';
export { specHash } from './record.ts';
export { runExperiment, type Environment, type Moment, type RunOptions } from './run.ts';
export {
  buildSpec,
  changedSpec,
  parseSpec,
  specWarnings,
  strategyLabel,
  type BuiltSpec,
  type SpecRequest,
} from './spec.ts';
export type { TrainedModel } from './trained-model.ts';
export {
  reproductions,
  type Expectation,
  type Reproduction,
  type ReproductionRow,
  type Scale,
} from './reproductions/index.ts';
export { verdicts, type Verdict } from './reproductions/verdict.ts';
