import { above, between, ourBand, ourMargin, report } from './reproduction.ts';
import type { Expectation, Reproduction, ReproductionRow } from './reproduction.ts';

const row = (
  name: string,
  data: 'subset' | 'full',
  settings: readonly string[] | undefined,
  expect: Expectation,
  published?: number,
): ReproductionRow => ({
  name,
  request: {
    preset: 'class-continual-mnist',
    strategy: settings === undefined ? 'none' : 'naca',
    data,
    set: settings?.map((setting) => `strategies.naca.${setting}`),
  },
  expect,
  source: expect.kind === 'between' ? ourBand : ourMargin,
  published,
});

export const neuromodulation: Reproduction = {
  id: 'zhang-2023/naca',
  title:
    'Credit by neuromodulation, one digit at a time: with the published mask, and with masks that do not see the other rows',
  paper: 'Zhang, Cheng, Jia, Li, Poo & Xu 2023, doi:10.1126/sciadv.adi2947',
  told: 'Modelled neuromodulators alone prevent forgetting. Their input mask is the mean of a batch that holds one class only, at test too, so it tells the class.',
  publishedIn: 'the evaluation notebook of the published code',
  seeds: { quick: [1, 2, 3], paper: [1, 2, 3] },
  differs: {
    quick: 'A sixth of the images, 3 seeds.',
    paper:
      '30 steps per digit instead of training until 95 % of it are right (1.32 passes in the mean); 3 seeds. CIFAR-10 and the spoken and gesture data are not in it.',
  },
  rows: {
    quick: [
      row('sgd', 'subset', undefined, between(9, 12), 10),
      row('batch-mask', 'subset', [], above('row-mask', 20), 79.2),
      row('row-mask', 'subset', ['mask=row'], report),
      row('no-mask', 'subset', ['mask=none'], report),
    ],
    paper: [
      row('sgd', 'full', undefined, between(9, 12), 10),
      row('batch-mask', 'full', [], between(70, 90), 79.2),
      row('row-mask', 'full', ['mask=row'], report),
      row('no-mask', 'full', ['mask=none'], report),
    ],
  },
};
