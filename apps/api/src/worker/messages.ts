import type { ExperimentEvent, ExperimentSpec } from '@engram/contracts';
import type { Config } from '../config.ts';

/** What a training process is told once. */
export interface Assignment {
  readonly spec: ExperimentSpec;
  readonly seed: number;
  readonly engine: Config['ENGRAM_ENGINE'];
  readonly checkpointSeconds: number;
  readonly checkpoint: Uint8Array | null;
  /** Where the data of `dataset:<id>` were laid out, if the run uses any. */
  readonly dataFolder: string | null;
}

export type ToChild = { readonly type: 'begin'; readonly assignment: Assignment } | { readonly type: 'stop' };

export type FromChild =
  | { readonly type: 'event'; readonly event: ExperimentEvent }
  | { readonly type: 'checkpoint'; readonly bytes: Uint8Array }
  /** What was learned, as a file; sent before the run's last event. */
  | { readonly type: 'model'; readonly bytes: Uint8Array }
  /** The run cannot be done as specified; trying again would not help. */
  | { readonly type: 'impossible'; readonly message: string };
