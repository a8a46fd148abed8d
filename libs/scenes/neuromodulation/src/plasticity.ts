/**
 * M(λ) of neuromodulation-assisted credit assignment, as in the strategy `naca`: which way, and how strongly, the synapses in use
 * change at a level λ between 0 and 1. It rises from 1 to 1.2 and falls to 0 at ½; M(1 − λ) = −M(λ). The update is −η M, so where
 * M is positive, weights in use get weaker.
 */
export function plasticity(level: number): number {
  const below = Math.min(level, 1 - level);
  const size = below <= 0.25 ? 1.2 - 0.8 * (4 * below - 0.5) ** 2 : 16 * (below - 0.5) ** 2;
  return level <= 0.5 ? size : -size;
}

/** What happens to the weights in use at a level. */
export const directionOf = (level: number): 'weaker' | 'same' | 'stronger' =>
  Math.abs(plasticity(level)) < 0.1 ? 'same' : plasticity(level) > 0 ? 'weaker' : 'stronger';
