import type { SpecRequest } from '../spec.ts';
import { above, between, ourBand, ourMargin, report } from './reproduction.ts';
import type { Expectation, Reproduction, ReproductionRow } from './reproduction.ts';

/** As Masse et al. gate; the preset follows van de Ven et al. */
const gated = 'strategies.xdg.gatedFraction=0.8';

const rows = (
  scale: Omit<SpecRequest, 'preset' | 'strategy'>,
  source: string,
  methods: Readonly<Record<string, Expectation>>,
  published: Readonly<Record<string, number>> = {},
): readonly ReproductionRow[] =>
  Object.entries(methods).map(([strategy, expect]) => ({
    name: strategy,
    request: {
      preset: 'permuted-mnist',
      strategy,
      ...scale,
      set: [...(scale.set ?? []), ...(special[strategy] ?? [])],
    },
    expect,
    source,
    published: published[strategy],
  }));

/** Where a method takes another value than the preset's. */
const special: Readonly<Record<string, readonly string[]>> = {
  xdg: [gated],
  // ω_c = 10 in their code is λ = 20 here
  'xdg+ewc': [gated, 'strategies.ewc.lambda=20'],
  'xdg+si': [gated],
  // with a generator in the network c is 1 in the published code
  'bir+si': ['strategies.si.c=1'],
};

export const tenPermutations: Reproduction = {
  id: 'three-scenarios/permuted-mnist-10',
  title: 'Ten permutations of the pixels: protecting important weights is enough',
  paper: 'van de Ven & Tolias 2019, arXiv:1904.07734',
  told: 'Ten tasks with the same classes are kept by protecting important weights.',
  publishedIn: 'van de Ven & Tolias 2019, arXiv:1904.07734, table 5',
  seeds: { quick: [1], paper: [1, 2, 3] },
  differs: {
    quick: '100 hidden units, a sixth of the images, 200 steps at learning rate 1e-3, one seed.',
    paper: 'The published protocol with 3 seeds instead of 20; 2,000 test images of each task.',
  },
  rows: {
    quick: rows(
      { scenario: 'domain', data: 'subset', hidden: [200, 200], iterations: 200, learningRate: 0.001 },
      ourMargin,
      {
        none: report,
        l2: report,
        ewc: above('none', 4),
        si: above('none', 4),
        joint: above('none', 4),
      },
    ),
    paper: rows(
      { scenario: 'domain', data: 'full', iterations: 5000, set: ['evaluation.examples=2000'] },
      ourBand,
      {
        none: between(76.5, 80.5),
        l2: report,
        ewc: between(92.3, 96.3),
        si: between(93.3, 97.3),
        joint: between(95.6, 99.6),
      },
      { none: 78.51, ewc: 94.31, si: 95.33 },
    ),
  },
};

const masseMethods = (against: number): Readonly<Record<string, Expectation>> => ({
  none: report,
  ewc: report,
  si: report,
  xdg: report,
  'xdg+ewc': above(['ewc', 'si'], against),
  'xdg+si': above(['ewc', 'si'], against),
});

export const hundredPermutations: Reproduction = {
  id: 'masse-2018/hundred-tasks',
  title: 'Over a hundred permutations weight protection alone wears out; with gating it holds',
  paper: 'Masse, Grant & Freedman 2018, doi:10.1073/pnas.1803839115',
  told: 'Weight protection declines as tasks go by; together with context-dependent gating it holds over a hundred tasks.',
  seeds: { quick: [1], paper: [1] },
  differs: {
    quick: '20 tasks instead of 100, 200 hidden units, a sixth of the images, 150 steps per task, one seed.',
    paper:
      '400 hidden units and 150 steps per task instead of 2,000 and 3,906; Adam without their frozen bias correction.',
  },
  rows: {
    quick: rows(
      {
        scenario: 'task',
        data: 'subset',
        tasks: 20,
        hidden: [200, 200],
        iterations: 150,
        learningRate: 0.001,
        set: ['evaluation.examples=500', 'heads=single'],
      },
      ourMargin,
      masseMethods(5),
    ),
    paper: rows(
      {
        scenario: 'task',
        data: 'full',
        tasks: 100,
        hidden: [400, 400],
        iterations: 150,
        learningRate: 0.001,
        set: ['evaluation.examples=200', 'heads=single'],
      },
      ourMargin,
      masseMethods(12),
    ),
  },
};

const kirkpatrickMethods: Readonly<Record<string, Expectation>> = {
  none: report,
  l2: report,
  ewc: above(['none', 'l2'], 4),
};

export const kirkpatrickTen: Reproduction = {
  id: 'kirkpatrick-2017/ten-tasks',
  title: 'Ten permutations: springs on important weights beat no springs, and equal springs on all',
  paper: 'Kirkpatrick et al. 2017, doi:10.1073/pnas.1611835114, fig. 2',
  told: 'EWC keeps ten permuted tasks where plain training forgets them.',
  seeds: { quick: [1], paper: [1, 2, 3] },
  differs: {
    quick: '200 hidden units, a sixth of the images, 200 steps per task, one seed.',
    paper:
      '1,000 hidden units and 1,000 steps per task with Adam at 1e-3, where they search width and rate; 2,000 test images of each task.',
  },
  rows: {
    quick: rows(
      { scenario: 'domain', data: 'subset', hidden: [200, 200], iterations: 200, learningRate: 0.001 },
      ourMargin,
      kirkpatrickMethods,
    ),
    paper: rows(
      { scenario: 'domain', data: 'full', iterations: 1000, learningRate: 0.001, set: ['evaluation.examples=2000'] },
      ourMargin,
      kirkpatrickMethods,
    ),
  },
};

const generativeMethods: Readonly<Record<string, Expectation>> = {
  none: report,
  si: report,
  ewc: report,
  dgr: report,
  bir: above(['si', 'dgr'], 0),
  'bir+si': report,
};

export const hundredReplayed: Reproduction = {
  id: 'van-de-ven-2020/hundred-tasks',
  title: 'Over many permutations plain generative replay wears out; brain-inspired replay keeps',
  paper: 'van de Ven, Siegelmann & Tolias 2020, doi:10.1038/s41467-020-17866-2, fig. 5',
  told: 'Brain-inspired replay keeps more than 90 % over a hundred tasks, where replay without it fails after about fifteen.',
  seeds: { quick: [1], paper: [1] },
  differs: {
    quick: '10 tasks instead of 100, 200 hidden units, a sixth of the images, 200 steps per task, one seed.',
    paper: 'The published protocol with one seed instead of five; 500 test images of each task.',
  },
  rows: {
    quick: rows(
      {
        scenario: 'domain',
        data: 'subset',
        tasks: 10,
        hidden: [200, 200],
        iterations: 200,
        learningRate: 0.001,
        set: ['evaluation.examples=500'],
      },
      ourMargin,
      generativeMethods,
    ),
    paper: rows(
      {
        scenario: 'domain',
        data: 'full',
        tasks: 100,
        hidden: [2000, 2000],
        iterations: 2000,
        batch: 256,
        learningRate: 0.0001,
        set: ['evaluation.examples=500'],
      },
      ourMargin,
      generativeMethods,
    ),
  },
};

const estimators = (scale: Omit<SpecRequest, 'preset' | 'strategy'>): readonly ReproductionRow[] => {
  const row = (name: string, settings: readonly string[], expect: Expectation): ReproductionRow => ({
    name,
    request: {
      preset: 'permuted-mnist',
      strategy: name === 'none' ? 'none' : 'ewc',
      ...scale,
      set: [...(scale.set ?? []), ...settings],
    },
    expect,
    source: ourMargin,
  });
  const ewcWith = (estimator: string, lambda = 100): readonly string[] => [
    `strategies.ewc.fisher.estimator=${estimator}`,
    `strategies.ewc.lambda=${lambda}`,
  ];
  return [
    row('none', [], report),
    row('exact', ewcWith('exact'), above('batched', 2)),
    row('sampled', ewcWith('sampled'), above('batched', 2)),
    row('empirical', ewcWith('empirical'), report),
    row('batched', ewcWith('batched'), report),
    row('batched-times-128', ewcWith('batched', 12_800), above('batched', 2)),
  ];
};

export const fisherEstimators: Reproduction = {
  id: 'fisher-estimators',
  title: 'The λ that works with one estimate of the Fisher information fails with another',
  paper: 'van de Ven 2025, arXiv:2502.11756',
  told: 'EWC is used as if there were one Fisher information; code bases compute different ones under the same name.',
  seeds: { quick: [1], paper: [1] },
  differs: {
    quick:
      'Permuted MNIST instead of Split CIFAR-10: 10 tasks, 200 hidden units, a sixth of the images, 200 steps per task, one seed.',
    paper: 'Permuted MNIST instead of Split CIFAR-10: 10 tasks, 1,000 steps per task, one seed instead of 30.',
  },
  rows: {
    quick: estimators({ scenario: 'domain', data: 'subset', hidden: [200, 200], iterations: 200, learningRate: 0.001 }),
    paper: estimators({
      scenario: 'domain',
      data: 'full',
      iterations: 1000,
      learningRate: 0.001,
      set: ['evaluation.examples=2000'],
    }),
  },
};
