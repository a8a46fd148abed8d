export { joinBatches, learningBatch, type LearningBatch } from './batch.ts';
export { decodeState, encodeState } from './checkpoint.ts';
export { requireCompatible } from './compatible.ts';
export { ClError, type ClErrorCode } from './errors.ts';
export { diagonalFisher, type FisherOptions, type FisherSubject } from './fisher.ts';
export { createLearner, type Learner, type LearnerOptions, type LearnerView } from './learner.ts';
export { lesioned, type Lesion } from './lesion.ts';
export { networkAccuracy } from './evaluate.ts';
export type { Gates, Likelihood, Model } from './model.ts';
export { mlp, type MlpOptions } from './models/mlp.ts';
export { vae, type Vae, type VaeOptions } from './models/vae.ts';
export type { TrainedNetworks, Weights } from './networks.ts';
export { adam, sgd, type AdamOptions, type Optimizer, type SgdOptions } from './optimizers.ts';
export type { Outputs } from './outputs.ts';
export { paramList, paramsFrom, uniform, type Params } from './params.ts';
export { agem, type AgemOptions } from './strategies/agem.ts';
export { cumulative, joint, separateNetworks } from './strategies/baselines.ts';
export { darkExperienceReplay, type DerOptions } from './strategies/der.ts';
export { ewc, onlineEwc, type EwcOptions, type OnlineEwcOptions } from './strategies/ewc.ts';
export { experienceReplay, type ExperienceReplayOptions } from './strategies/experience-replay.ts';
export {
  brainInspiredReplay,
  deepGenerativeReplay,
  type GenerativeReplayOptions,
} from './strategies/generative-replay.ts';
export { generativeClassifier, type GenerativeClassifierOptions } from './strategies/generative-classifier.ts';
export { icarl, type IcarlOptions } from './strategies/icarl.ts';
export { l2, type L2Options } from './strategies/l2.ts';
export { lwf, type LwfOptions } from './strategies/lwf.ts';
export { ncm } from './strategies/ncm.ts';
export { naca, type NacaOptions } from './strategies/naca.ts';
export { addAnchor, quadraticPenalty, type Anchor, type Penalty } from './strategies/penalty.ts';
export { si, type SiOptions } from './strategies/si.ts';
export { sleep, type SleepOptions } from './strategies/sleep.ts';
export { slda, type SldaOptions } from './strategies/slda.ts';
export { advance, disposeState } from './state.ts';
export type * from './strategies/strategy.ts';
export { xdg, type XdgOptions } from './strategies/xdg.ts';
