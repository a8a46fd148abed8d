import { pictureComputations } from './computations/pictures.ts';
import { stepComputations } from './computations/steps.ts';
import { tableComputations } from './computations/tables.ts';
import type { Compute, Replacement, Workshop } from './computations/workshop.ts';

export type { Inputs } from './computations/workshop.ts';

interface Computations {
  /** By TensorFlow.js' own names. */
  readonly replacements: Readonly<Record<string, Replacement>>;
  /** By the names of ops/fused.ts. */
  readonly fused: Readonly<Record<string, Compute>>;
}

/** The kernels' functions as TensorFlow.js kernels. */
export function createComputations(workshop: Workshop): Computations {
  const tables = tableComputations(workshop);
  const pictures = pictureComputations(workshop);
  return {
    replacements: { ...tables.replacements, ...pictures.replacements },
    fused: { ...tables.fused, ...pictures.fused, ...stepComputations(workshop) },
  };
}
