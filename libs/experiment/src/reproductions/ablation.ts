import type { SpecRequest } from '../spec.ts';
import { above, ourMargin, report } from './reproduction.ts';
import type { Expectation, Reproduction, ReproductionRow } from './reproduction.ts';

/** What turns each modification of generative replay on, and off. */
const modifications = {
  feedback: ['feedback=true', 'feedback=false'],
  conditional: ['conditional=true', 'conditional=false'],
  gating: ['gatedFraction=0.1', 'gatedFraction=0'],
  distillation: ['distill=true', 'distill=false'],
} as const;
type Modification = keyof typeof modifications;
const all: readonly Modification[] = ['feedback', 'conditional', 'gating', 'distillation'];

const rows = (scale: Pick<SpecRequest, 'data' | 'iterations'>): readonly ReproductionRow[] => {
  const row = (name: string, on: readonly Modification[], expect: Expectation = report): ReproductionRow => ({
    name,
    request: {
      preset: 'split-mnist',
      scenario: 'class',
      strategy: 'bir',
      ...scale,
      set: all.map((own) => `strategies.bir.${modifications[own][on.includes(own) ? 0 : 1]}`),
    },
    expect,
    source: ourMargin,
  });
  return [
    row('gr', []),
    ...all.map((own) => row(`gr-plus-${own}`, [own])),
    row('bir', all, above('gr', 2)),
    ...all.map((own) =>
      row(
        `bir-minus-${own}`,
        all.filter((other) => other !== own),
      ),
    ),
  ];
};

export const ablation: Reproduction = {
  id: 'van-de-ven-2020/ablation',
  title: 'Each modification of generative replay added alone, and each taken away alone',
  paper: 'van de Ven, Siegelmann & Tolias 2020, doi:10.1038/s41467-020-17866-2, figs. 7 and 8',
  told: 'Replay through feedback, conditional replay, gating and internal replay each make it more like the brain’s, and better.',
  seeds: { quick: [1], paper: [1, 2, 3] },
  differs: {
    quick:
      'Split MNIST in the class scenario instead of a hundred permutations and CIFAR-100; a sixth of the images, 200 steps, one seed. Internal replay needs a convolutional network and is not in it.',
    paper:
      'Split MNIST in the class scenario instead of a hundred permutations and CIFAR-100. Internal replay needs a convolutional network and is not in it.',
  },
  rows: { quick: rows({ data: 'subset', iterations: 200 }), paper: rows({ data: 'full' }) },
};
