import type { SpecRequest } from '../spec.ts';
import { above, between, ourBand, ourMargin, report } from './reproduction.ts';
import type { Expectation, Reproduction, ReproductionRow } from './reproduction.ts';

/** As Masse et al. gate; the preset follows van de Ven et al. */
const gated = 'strategies.xdg.gatedFraction=0.8';

const rows = (
  scale: Omit<SpecRequest, 'preset' | 'strategy'>,
  source: string,
  methods: Readonly<Record<string, Expectation>>,
): readonly ReproductionRow[] =>
  Object.entries(methods).map(([strategy, expect]) => ({
    name: strategy,
    request: {
      preset: 'permuted-mnist',
      strategy,
      ...scale,
      set: [...(scale.set ?? []), ...(strategy.includes('xdg') ? [gated] : [])],
    },
    expect,
    source,
  }));

export const tenPermutations: Reproduction = {
  id: 'three-scenarios/permuted-mnist-10',
  title: 'Ten permutations of the pixels: protecting important weights is enough',
  paper: 'van de Ven & Tolias 2019, arXiv:1904.07734; Kirkpatrick et al. 2017, doi:10.1073/pnas.1611835114',
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
    paper: rows({ scenario: 'domain', data: 'full', iterations: 5000, set: ['evaluation.examples=2000'] }, ourBand, {
      none: between(76.5, 80.5),
      l2: report,
      ewc: between(92.3, 96.3),
      si: between(93.3, 97.3),
      joint: between(95.6, 99.6),
    }),
  },
};

const masseMethods = (against: number): Readonly<Record<string, Expectation>> => ({
  none: report,
  ewc: report,
  si: report,
  xdg: report,
  'xdg+ewc': above('ewc', against),
  'xdg+si': above('si', against),
});

export const hundredPermutations: Reproduction = {
  id: 'masse-2018/hundred-tasks',
  title: 'Over a hundred permutations weight protection alone wears out; with gating it holds',
  paper: 'Masse, Grant & Freedman 2018, doi:10.1073/pnas.1803839115',
  seeds: { quick: [1], paper: [1] },
  differs: {
    quick: '20 tasks instead of 100, 200 hidden units, a sixth of the images, 150 steps per task, one seed.',
    paper:
      '400 hidden units and 400 steps per task instead of 2,000 and 3,906; Adam without their frozen bias correction.',
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
        iterations: 400,
        learningRate: 0.001,
        set: ['evaluation.examples=500', 'heads=single'],
      },
      ourMargin,
      masseMethods(12),
    ),
  },
};
