import { oneOf, stateOf } from '@engram/scene-kit/plain';

export const sides = ['brain', 'network', 'both'] as const;
export type Side = (typeof sides)[number];

export const questionIds = [
  'hippocampus',
  'trace',
  'scaling',
  'protection',
  'context',
  'replay',
  'general',
  'modulators',
  'plasticity',
  'energy',
  'ageing',
] as const;
export type QuestionId = (typeof questionIds)[number];

export interface Source {
  /** Authors and year, as a reader would say it. */
  readonly name: string;
  readonly doi: string;
}

export interface OpenQuestion {
  readonly side: Side;
  readonly sources: readonly Source[];
  /** The scene in which one can try what is known. */
  readonly scene: string;
}

export const questions: Readonly<Record<QuestionId, OpenQuestion>> = {
  hippocampus: {
    side: 'brain',
    sources: [
      { name: 'Squire & Alvarez 1995', doi: '10.1016/0959-4388(95)80023-9' },
      { name: 'Nadel & Moscovitch 1997', doi: '10.1016/S0959-4388(97)80010-4' },
    ],
    scene: 'lesion',
  },
  trace: {
    side: 'brain',
    sources: [
      { name: 'Ryan et al. 2015', doi: '10.1126/science.aaa5542' },
      { name: 'Josselyn & Tonegawa 2020', doi: '10.1126/science.aaw4325' },
    ],
    scene: 'recall',
  },
  scaling: {
    side: 'brain',
    sources: [
      { name: 'Tononi & Cirelli 2014', doi: '10.1016/j.neuron.2013.12.025' },
      { name: 'de Vivo et al. 2017', doi: '10.1126/science.aah5982' },
    ],
    scene: 'sleep',
  },
  protection: {
    side: 'both',
    sources: [
      { name: 'Yang et al. 2009', doi: '10.1038/nature08577' },
      { name: 'Kirkpatrick et al. 2017', doi: '10.1073/pnas.1611835114' },
    ],
    scene: 'ewc',
  },
  context: {
    side: 'both',
    sources: [{ name: 'Masse et al. 2018', doi: '10.1073/pnas.1803839115' }],
    scene: 'xdg',
  },
  replay: {
    side: 'both',
    sources: [
      { name: 'Hayes et al. 2021', doi: '10.1162/neco_a_01433' },
      { name: 'van de Ven et al. 2020', doi: '10.1038/s41467-020-17866-2' },
    ],
    scene: 'brain-inspired-replay',
  },
  general: {
    side: 'network',
    sources: [
      { name: 'van de Ven et al. 2022', doi: '10.1038/s42256-022-00568-3' },
      { name: 'Wang et al. 2024', doi: '10.1109/TPAMI.2024.3367329' },
    ],
    scene: 'harder-pictures',
  },
  modulators: {
    side: 'both',
    sources: [
      { name: 'Zhang et al. 2023', doi: '10.1126/sciadv.adi2947' },
      { name: 'Pawlak et al. 2010', doi: '10.3389/fnsyn.2010.00146' },
    ],
    scene: 'neuromodulation',
  },
  plasticity: {
    side: 'network',
    sources: [{ name: 'Dohare et al. 2024', doi: '10.1038/s41586-024-07711-7' }],
    scene: 'hundred-tasks',
  },
  energy: {
    side: 'both',
    sources: [
      { name: 'Raichle & Gusnard 2002', doi: '10.1073/pnas.172399499' },
      { name: 'Strubell et al. 2019', doi: '10.18653/v1/P19-1355' },
    ],
    scene: 'build-a-brain',
  },
  ageing: {
    side: 'brain',
    sources: [
      { name: 'Selkoe 2002', doi: '10.1126/science.1074069' },
      { name: 'Morrison & Baxter 2012', doi: '10.1038/nrn3200' },
    ],
    scene: 'memory-map',
  },
};

/** What the reader can set; it stands in the link. */
export const schema = stateOf({ about: oneOf(['all', ...sides], 'all') });

export type State = ReturnType<typeof schema.parse>;

/** The questions about a side, in the order of the article. */
export const questionsAbout = (about: State['about']): readonly QuestionId[] =>
  questionIds.filter((id) => about === 'all' || questions[id].side === about);
