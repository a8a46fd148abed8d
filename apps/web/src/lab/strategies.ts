import type { StrategyName } from '@engram/contracts';
import type { Locale } from '@engram/scene-kit/static';

/** What a strategy does, as the laboratory sorts them. */
export const families = ['hold', 'apart', 'stored', 'imagined', 'rule', 'prototypes', 'bounds'] as const;
export type Family = (typeof families)[number];

/**
 * What a strategy asks of its surroundings, as the learner knows it: it is the whole way of training (`alone`), is told the
 * task (`told`), needs new classes in every task (`growing`), has a credit rule of its own (`credit`), or works on
 * gradients of losses (`gradients`).
 */
export type Trait = 'alone' | 'told' | 'growing' | 'credit' | 'gradients';

interface Offered {
  readonly family: Family;
  readonly traits: readonly Trait[];
  /** Whether it trains a generator of pictures. */
  readonly dreams?: boolean;
  /** Its usual short name. */
  readonly label: string;
  readonly help: Readonly<Record<Locale, string>>;
}

/** Every strategy of the core, each in a few words. */
export const strategies: Readonly<Record<StrategyName, Offered>> = {
  ewc: {
    family: 'hold',
    traits: [],
    label: 'EWC',
    help: { en: 'holds on to the weights that past tasks need', ko: '지난 과제에 필요한 가중치를 붙들어요' },
  },
  'online-ewc': {
    family: 'hold',
    traits: [],
    label: 'Online EWC',
    help: { en: 'the same, with one running estimate', ko: '같은 방법을 추정치 하나로 이어 가요' },
  },
  si: {
    family: 'hold',
    traits: [],
    label: 'SI',
    help: { en: 'the same, importance measured while learning', ko: '배우는 동안 중요도를 재서 붙들어요' },
  },
  l2: {
    family: 'hold',
    traits: [],
    label: 'L2',
    help: { en: 'holds on to all weights alike', ko: '모든 가중치를 똑같이 붙들어요' },
  },
  xdg: {
    family: 'apart',
    traits: ['told'],
    label: 'XdG',
    help: { en: 'opens another part of the network for each task', ko: '과제마다 신경망의 다른 부분을 열어요' },
  },
  er: {
    family: 'stored',
    traits: [],
    label: 'ER',
    help: { en: 'replays a few stored pictures', ko: '보관한 그림 몇 장을 다시 보여 줘요' },
  },
  der: {
    family: 'stored',
    traits: [],
    label: 'DER',
    help: { en: 'replays them with the outputs of the time', ko: '그림을 그때의 출력과 함께 다시 보여 줘요' },
  },
  derpp: {
    family: 'stored',
    traits: [],
    label: 'DER++',
    help: { en: 'and with their labels too', ko: '거기에 정답까지 함께 보여 줘요' },
  },
  agem: {
    family: 'stored',
    traits: ['gradients'],
    label: 'A-GEM',
    help: { en: 'never steps against a few stored pictures', ko: '보관한 그림에 해로운 걸음은 고쳐 디뎌요' },
  },
  icarl: {
    family: 'stored',
    traits: ['growing'],
    label: 'iCaRL',
    help: {
      en: 'keeps typical pictures; the nearest mean answers',
      ko: '전형적인 그림을 보관하고, 가장 가까운 평균이 답해요',
    },
  },
  lwf: {
    family: 'imagined',
    traits: [],
    label: 'LwF',
    help: { en: 'goes on answering new pictures as before', ko: '새 그림에도 예전처럼 답하게 해요' },
  },
  dgr: {
    family: 'imagined',
    traits: ['gradients'],
    dreams: true,
    label: 'DGR',
    help: { en: 'replays what a generator makes up', ko: '생성기가 지어낸 그림을 다시 보여 줘요' },
  },
  bir: {
    family: 'imagined',
    traits: ['gradients'],
    dreams: true,
    label: 'BI-R',
    help: { en: 'dreams through the network’s own feedback', ko: '신경망 자신의 되먹임으로 꿈을 꿔요' },
  },
  sleep: {
    family: 'hold',
    traits: [],
    label: 'Sleep',
    help: { en: 'scales synapses down after each task', ko: '과제가 끝날 때마다 시냅스를 약하게 조절해요' },
  },
  naca: {
    family: 'rule',
    traits: ['credit'],
    label: 'NACA',
    help: { en: 'credit by neuromodulation, no backpropagation', ko: '역전파 대신 신경조절로 책임을 나눠요' },
  },
  slda: {
    family: 'prototypes',
    traits: ['alone'],
    label: 'SLDA',
    help: { en: 'one Gaussian for each class, no network', ko: '신경망 없이 클래스마다 가우스 분포 하나를 둬요' },
  },
  ncm: {
    family: 'prototypes',
    traits: ['alone'],
    label: 'NCM',
    help: { en: 'the nearest class mean answers, no network', ko: '신경망 없이 가장 가까운 클래스 평균이 답해요' },
  },
  'generative-classifier': {
    family: 'prototypes',
    traits: ['alone'],
    label: 'Generative classifier',
    help: {
      en: 'a generator for each class; the likeliest answers',
      ko: '클래스마다 생성기를 두고, 가장 그럴듯한 것이 답해요',
    },
  },
  joint: {
    family: 'bounds',
    traits: ['alone'],
    label: 'Joint',
    help: { en: 'all tasks mixed from the start', ko: '처음부터 모든 과제를 섞어 배워요' },
  },
  cumulative: {
    family: 'bounds',
    traits: ['alone'],
    label: 'Cumulative',
    help: { en: 'each task together with all before it', ko: '과제마다 앞의 과제를 모두 다시 배워요' },
  },
  'separate-networks': {
    family: 'bounds',
    traits: ['alone', 'told'],
    label: 'Separate networks',
    help: { en: 'a fresh network for each task', ko: '과제마다 새 신경망을 써요' },
  },
};

/** All of them, in the order in which they are offered; the first is named so that the list is known not to be empty. */
export const offered = Object.keys(strategies) as [StrategyName, ...StrategyName[]];

/** `EWC + XdG` */
export const labelOf = (names: readonly StrategyName[]): string =>
  names.map((name) => strategies[name].label).join(' + ');
