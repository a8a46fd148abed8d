import type { Rng } from '@engram/random';
import type { Strategy } from './strategy.ts';

export interface XdgOptions {
  /** Share of hidden units that is closed for a task. */
  readonly gatedFraction?: number;
  /** `random`: ⌊fraction · units⌋ units closed; `partial`: those pass half; `split`: task t opens units i ≡ t (mod n). */
  readonly kind?: 'random' | 'partial' | 'split';
  /** n of `split`. */
  readonly subnetworks?: number;
  /** `after-activation` as published; `before-bias` as in van de Ven's code, where a closed unit still puts out ReLU(b). */
  readonly position?: 'after-activation' | 'before-bias';
}

interface XdgState {
  readonly hiddenUnits: readonly number[];
}

/**
 * Context-dependent gating (Masse, Grant & Freedman 2018, doi:10.1073/pnas.1803839115): for each task another fixed
 * random part of every hidden layer is open. h = m_task ∘ ReLU(xW + b); the open units are not rescaled.
 */
export function xdg(options: XdgOptions = {}): Strategy<XdgState> {
  const { gatedFraction = 0.8, kind = 'random', subnetworks = 5, position = 'after-activation' } = options;
  const mask = (units: number, task: number, rng: Rng): Float32Array => {
    if (kind === 'split') {
      return Float32Array.from({ length: units }, (_, i) => (i % subnetworks === task % subnetworks ? 1 : 0));
    }
    const gates = new Float32Array(units).fill(1);
    for (const unit of rng.sample(units, Math.floor(gatedFraction * units))) gates[unit] = kind === 'partial' ? 0.5 : 0;
    return gates;
  };
  return {
    name: 'xdg',
    requiresTask: true,
    init: ({ model }) => ({ hiddenUnits: model.hiddenUnits }),
    gate: ({ hiddenUnits }, task, rng) => ({
      layers: hiddenUnits.map((units, layer) => mask(units, task, rng.fork(layer))),
      position,
    }),
  };
}
