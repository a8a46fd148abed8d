export { serveTraining } from './serve.ts';
export type { Probe } from './session.ts';
export type { SeenWeights } from './weights.ts';
