import type { SpecRequest } from '../spec.ts';
import { above, ourMargin, report } from './reproduction.ts';
import type { Expectation, Reproduction, ReproductionRow } from './reproduction.ts';

/** What each combination sets, and what it must show. */
interface Method {
  readonly strategy: string;
  readonly set?: readonly string[];
  readonly expect: Expectation;
}

/** Published values for replay together with SI, whose importance counts on layers that recognise only. */
const withSi = ['strategies.si.c=1e8', 'strategies.bir.gatedFraction=0.6'];

const methods: Readonly<Record<'class' | 'task', readonly Method[]>> = {
  class: [
    { strategy: 'none', expect: report },
    { strategy: 'ewc', expect: report },
    { strategy: 'si', expect: above('class-none', 0) },
    { strategy: 'dgr', expect: report },
    { strategy: 'bir', expect: above(['class-si', 'class-ewc', 'class-dgr'], 2) },
    { strategy: 'bir+si', set: withSi, expect: above('class-bir', 1) },
    { strategy: 'joint', expect: above('class-bir+si', 3) },
  ],
  task: [
    { strategy: 'none', expect: report },
    { strategy: 'ewc', expect: above('task-none', 0) },
    { strategy: 'si', expect: above('task-none', 0) },
    { strategy: 'dgr', expect: report },
    { strategy: 'bir', expect: above('task-none', 2) },
    { strategy: 'joint', expect: above('task-none', 2) },
  ],
};

const rows = (scale: Omit<SpecRequest, 'preset'>): readonly ReproductionRow[] =>
  (['class', 'task'] as const).flatMap((scenario) =>
    methods[scenario].map(({ strategy, set, expect }) => ({
      name: `${scenario}-${strategy}`,
      request: { preset: 'split-cifar100', scenario, strategy, ...scale, ...(set === undefined ? {} : { set }) },
      expect,
      source: ourMargin,
    })),
  );

export const naturalImages: Reproduction = {
  id: 'van-de-ven-2020/natural-images',
  title: 'On photographs replay alone only softens forgetting; together with weight protection it does best',
  paper: 'van de Ven, Siegelmann & Tolias 2020, doi:10.1038/s41467-020-17866-2, fig. 6',
  told: 'For complex pictures replay helps less, and combining it with the protection of weights helps most.',
  seeds: { quick: [1], paper: [1, 2, 3] },
  differs: {
    quick:
      '400 hidden units instead of 2,000, 1,000 steps per task instead of 5,000, one seed; all methods on the same frozen convolutional features, so that standard generative replay makes features too.',
    paper:
      'Three seeds instead of ten, one set of convolutional layers for all seeds (30 epochs on CIFAR-10 instead of 100); all methods on the same frozen features, so that standard generative replay makes features too.',
  },
  rows: { quick: rows({ hidden: [400, 400], iterations: 1000 }), paper: rows({}) },
};
