import { ablation } from './ablation.ts';
import { neuromodulation } from './naca.ts';
import {
  fisherEstimators,
  hundredPermutations,
  hundredReplayed,
  kirkpatrickTen,
  tenPermutations,
} from './permuted-mnist.ts';
import { naturalImages } from './natural-images.ts';
import type { Reproduction } from './reproduction.ts';
import { capacity, oneSample, threeTypes } from './split-mnist.ts';

export type { Expectation, Reproduction, ReproductionRow, Scale } from './reproduction.ts';

/** Every published result that can be reproduced by its id. */
export const reproductions: readonly Reproduction[] = [
  threeTypes,
  tenPermutations,
  kirkpatrickTen,
  hundredPermutations,
  hundredReplayed,
  oneSample,
  ablation,
  naturalImages,
  neuromodulation,
  capacity,
  fisherEstimators,
];
