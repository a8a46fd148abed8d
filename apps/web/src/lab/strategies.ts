import type { StrategyName } from '@engram/contracts';

type Offered = Exclude<
  StrategyName,
  'separate-networks' | 'cumulative' | 'generative-classifier' | 'slda' | 'ncm' | 'naca' | 'icarl'
>;

/** The strategies that the laboratory offers, each in a few words. */
export const strategies: Readonly<Record<Offered, { readonly en: string; readonly ko: string }>> = {
  ewc: { en: 'EWC: hold on to weights that past tasks need', ko: 'EWC: 지난 과제에 필요한 가중치를 붙들어요' },
  'online-ewc': {
    en: 'Online EWC: the same, with one running estimate',
    ko: '온라인 EWC: 같은 방법을 하나의 추정치로 이어 가요',
  },
  si: { en: 'SI: importance measured along the way', ko: 'SI: 배우는 동안 중요도를 재요' },
  l2: { en: 'L2: hold on to all weights alike', ko: 'L2: 모든 가중치를 똑같이 붙들어요' },
  xdg: { en: 'XdG: another part of the network for each task', ko: 'XdG: 과제마다 신경망의 다른 부분을 써요' },
  er: { en: 'ER: replay a few stored pictures', ko: 'ER: 보관한 그림 몇 장을 다시 보여 줘요' },
  der: { en: 'DER: replay them with the answers of the time', ko: 'DER: 그때의 출력과 함께 다시 보여 줘요' },
  derpp: { en: 'DER++: and with their labels', ko: 'DER++: 정답까지 함께 다시 보여 줘요' },
  agem: { en: 'A-GEM: never step against stored pictures', ko: 'A-GEM: 보관한 그림에 해로운 걸음은 고쳐요' },
  lwf: { en: 'LwF: go on answering as before', ko: 'LwF: 예전과 같은 답을 지키게 해요' },
  dgr: { en: 'DGR: replay what a generator makes up', ko: 'DGR: 생성기가 지어낸 그림을 다시 보여 줘요' },
  bir: { en: 'BI-R: dream through the network’s own feedback', ko: 'BI-R: 신경망 자신의 되먹임으로 꿈을 꿔요' },
  sleep: { en: 'Sleep: synapses scaled down after each task', ko: '잠: 과제가 끝날 때마다 시냅스를 약하게 조절해요' },
  joint: { en: 'Joint: all tasks mixed (upper bound)', ko: '결합 학습: 모든 과제를 섞어요 (상한)' },
};

/** In the order in which they are offered; the first is there so that the list is known not to be empty. */
export const offered = Object.keys(strategies) as [Offered, ...Offered[]];
