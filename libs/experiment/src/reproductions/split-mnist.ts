import { above, between, ourBand, ourMargin, report } from './reproduction.ts';
import type { Expectation, Reproduction, ReproductionRow } from './reproduction.ts';

const smaller = { data: 'subset', iterations: 200 } as const;

/** Each method's band in percent, by scenario, for the complete data and 2,000 steps per task. */
const bands: Readonly<Record<string, Readonly<Record<string, Expectation>>>> = {
  task: {
    none: between(80, 93),
    ewc: between(98, 100),
    si: between(98.3, 100),
    xdg: between(98, 100),
    lwf: between(98.5, 100),
    agem: report,
    dgr: between(98.5, 100),
    bir: between(98.5, 100),
    er: between(98, 100),
    'separate-networks': between(98.5, 100),
    joint: between(99, 100),
  },
  domain: {
    none: between(55, 64),
    ewc: between(59, 74),
    si: between(62, 74),
    lwf: between(68, 76),
    agem: report,
    dgr: between(94, 98),
    bir: between(95, 99),
    er: between(91, 96),
    joint: between(97.5, 100),
  },
  class: {
    none: between(19, 21),
    ewc: between(19, 32),
    si: between(19, 25),
    lwf: between(19, 27),
    agem: report,
    derpp: report,
    dgr: between(87, 93),
    bir: between(92, 97),
    er: between(86, 91),
    icarl: between(90, 95),
    'generative-classifier': between(91, 95),
    slda: report,
    ncm: report,
    cumulative: report,
    joint: between(97, 99),
  },
};

/** Average accuracy in percent, van de Ven & Tolias 2019, tables 4 and 5. */
const published: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  task: { none: 87.19, ewc: 98.64, si: 99.09, lwf: 99.57, dgr: 99.5 },
  domain: { none: 59.21, ewc: 63.95, si: 65.36, lwf: 71.5, dgr: 95.72 },
  class: { none: 19.9, ewc: 20.01, si: 19.99, lwf: 23.85, dgr: 90.79, icarl: 94.57 },
};

/** On a tenth of the data and of the steps: who keeps more than plain training, and by how much at least. */
const margins: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  task: { ewc: 3, si: 3, xdg: 3, er: 3, joint: 3 },
  domain: { er: 15, bir: 10, joint: 20 },
  class: { er: 40, derpp: 40, dgr: 20, bir: 40, joint: 50 },
};

/** In the published code iCaRL alone is trained on the output units of the classes seen so far. */
const protocolOf = (strategy: string): readonly string[] => (strategy === 'icarl' ? ['activeClasses=seen'] : []);

const paperRows: readonly ReproductionRow[] = Object.entries(bands).flatMap(([scenario, methods]) =>
  Object.entries(methods).map(([strategy, expect]) => ({
    name: `${scenario}-${strategy}`,
    request: { preset: 'split-mnist', scenario, strategy, data: 'full', set: protocolOf(strategy) },
    expect,
    source: ourBand,
    published: published[scenario]?.[strategy],
  })),
);

const quickRows: readonly ReproductionRow[] = Object.entries(margins).flatMap(([scenario, methods]) => [
  {
    name: `${scenario}-none`,
    request: { preset: 'split-mnist', scenario, strategy: 'none', ...smaller },
    expect: report,
    source: ourMargin,
  },
  ...Object.entries(methods).map(([strategy, points]) => ({
    name: `${scenario}-${strategy}`,
    request: { preset: 'split-mnist', scenario, strategy, ...smaller },
    expect: above(`${scenario}-none`, points),
    source: ourMargin,
  })),
]);

export const threeTypes: Reproduction = {
  id: 'three-types/split-mnist',
  title: 'Three scenarios, one benchmark: what works depends on whether the task is given',
  paper: 'van de Ven, Tuytelaars & Tolias 2022, doi:10.1038/s42256-022-00568-3',
  told: 'Protecting weights suffices where the task is given; where classes must be told apart, only replay helps.',
  publishedIn: 'van de Ven & Tolias 2019, arXiv:1904.07734, on the same benchmark',
  seeds: { quick: [1], paper: [1, 2, 3] },
  differs: {
    quick:
      'A sixth of the images, a tenth of the steps and one seed: it shows the order of the methods, not the published numbers.',
    paper: 'The published protocol with 3 seeds instead of 20.',
  },
  rows: { quick: quickRows, paper: paperRows },
};

const replayed = (batchSize: number, scale: typeof smaller | { readonly data: 'full' }): SpecRequest => ({
  preset: 'split-mnist',
  scenario: 'class',
  strategy: batchSize === 0 ? 'none' : 'dgr',
  ...scale,
  set: batchSize === 0 ? [] : [`strategies.dgr.batchSize=${batchSize}`],
});
type SpecRequest = ReproductionRow['request'];

const sampleRows = (
  scale: typeof smaller | { readonly data: 'full' },
  points: Readonly<Record<number, number>>,
): readonly ReproductionRow[] =>
  [0, 1, 2, 5, 10, 128].map((count) => ({
    name: `replay-${count}`,
    request: replayed(count, scale),
    expect: points[count] === undefined ? report : above('replay-0', points[count]),
    source: ourMargin,
  }));

export const oneSample: Reproduction = {
  id: 'van-de-ven-2020/one-sample',
  title: 'Replaying a single generated example beside each mini-batch of 128 already helps',
  paper: 'van de Ven, Siegelmann & Tolias 2020, doi:10.1038/s41467-020-17866-2, fig. 4',
  told: 'One replayed sample is enough. What is meant is one generated example beside every mini-batch.',
  seeds: { quick: [1], paper: [1, 2, 3] },
  differs: {
    quick: 'A sixth of the images, a tenth of the steps and one seed.',
    paper: 'Split MNIST with 3 seeds instead of 20; one example means one per training step, made by the generator.',
  },
  rows: { quick: sampleRows(smaller, { 128: 20 }), paper: sampleRows({ data: 'full' }, { 1: 15, 128: 60 }) },
};

export const capacity: Reproduction = {
  id: 'capacity',
  title: 'The same network learns everything when the tasks are shuffled: forgetting is not lack of room',
  paper: 'French 1999, doi:10.1016/S1364-6613(99)01294-2',
  told: 'The network has room for everything; it forgets because of the order in which it learns.',
  seeds: { quick: [1, 2, 3], paper: [1, 2, 3] },
  differs: {
    quick: 'Our own demonstration of a known fact, on a sixth of the images.',
    paper: 'Our own demonstration of a known fact.',
  },
  rows: {
    quick: capacityRows({ ...smaller, hidden: [100] }),
    paper: capacityRows({ data: 'full' }),
  },
};

function capacityRows(scale: Omit<SpecRequest, 'preset'>): readonly ReproductionRow[] {
  const row = (name: string, strategy: string, expect: Expectation): ReproductionRow => ({
    name,
    request: { preset: 'split-mnist', scenario: 'class', strategy, ...scale },
    expect,
    source: ourMargin,
  });
  return [
    row('one-after-the-other', 'none', between(15, 30)),
    row('shuffled', 'joint', above('one-after-the-other', 50)),
  ];
}
