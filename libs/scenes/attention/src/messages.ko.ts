import type { Text } from './messages.en.ts';

export const ko: Text = {
  title: '무엇이 안으로 들어가나',
  question: '하루의 사건 가운데 어떤 것이, 얼마나 단단히 적힐까요?',
  claim:
    '모든 사건은 한 번씩, 똑같은 시간 동안 지나가요. 주의를 준 것, 놀라운 것, 보상이 따른 것은 더 높은 속도로 적히고, 오직 그 차이가 마지막에 무엇이 남을지를 정해요.',
  takeaway:
    '그 자리에 있었다는 것만으로는 부족해요. 주의가 문을 열고 신경조절물질이 얼마나 깊이 적을지를 정해요. 이득을 0으로 내리면 차이도 사라져요.',
  bridge:
    '보통의 신경망은 모든 것에 같은 학습률을 써요. 뇌는 순간마다 학습률을 새로 정해요. 뒤에 나올 처방 몇 가지는 바로 그것을 배워요.',
  stillSummary:
    '한 번씩만 지나간 사건 백 개 가운데 놀라운 사건은 거의 모두, 보상이 따른 사건은 대부분, 평범한 사건은 삼분의 일쯤 떠오르고, 주의를 주지 않은 쪽의 사건은 하나도 떠오르지 않아요.',
  stillSource: '시드 1부터 24까지 스물네 흐름의 평균이에요. 검은 선은 표준편차 하나만큼이에요.',
  filter: '둘째 흐름을 얼마나 막나요',
  filterShown: (percent) => percent,
  noradrenaline: '놀라움을 얼마나 크게 치나요 (노르에피네프린)',
  dopamine: '보상을 얼마나 크게 치나요 (도파민)',
  gainShown: (gain) => `+${gain}배`,
  peak: '가장 강렬한 순간',
  end: '마지막 순간',
  view: '보여 줄 것',
  views: { stream: '사건의 흐름', episode: '기억된 한 편의 일' },
  seed: '시드',
  newSeed: '다른 시드',
  start: '사건 흘려보내기',
  ask: '놀라운 사건도 평범한 사건과 똑같이 한 번, 똑같은 시간 동안 지나가요. 그 가운데 얼마나 떠오를까요?',
  kinds: {
    neutral: '평범함, 주의를 줌',
    surprising: '놀라움, 주의를 줌',
    rewarded: '보상이 따름, 주의를 줌',
    unattended: '주의를 주지 않음',
  },
  advantage: '놀라운 사건 − 평범한 사건',
  lived: '겪은 그대로의 평균 강도',
  remembered: '기억된 평균 강도',
  peakAndEnd: '절정과 마지막의 평균',
  moment: '순간',
  intensity: '강도',
  weight: '기억에서 차지하는 몫',
  kind: '사건의 종류',
  recalled: '떠올린 비율',
  spread: '± 표준편차',
  summary: (neutral, surprising, rewarded, unattended) =>
    `떠올린 비율: 놀라운 사건 ${surprising}, 보상이 따른 사건 ${rewarded}, 평범한 사건 ${neutral}, 주의를 주지 않은 사건 ${unattended}예요.`,
  episodeSummary: (lived, remembered) =>
    `겪은 평균 강도는 ${lived}이고 기억된 평균 강도는 ${remembered}예요. 절정과 마지막은 차지한 시간보다 더 큰 무게를 가져요.`,
  notes: [
    '사건마다의 속도 = 기본값 × 주의 × (1 + 도파민 이득 × 보상 + 노르에피네프린 이득 × 놀라움), 많아야 1이에요. 이름은 두 이득에 붙인 꼬리표일 뿐 분자에 관한 주장이 아니에요.',
    '진하게 적힌 사건은 연결을 나눠 쓰는 평범한 이웃을 흐트러뜨려요. 그래서 이득을 올리면 평범한 사건은 이득이 없을 때보다 오히려 덜 남아요.',
    '실험에서 사람들이 매기는 전체 점수는 절정과 마지막을 따라가요 (Kahneman et al. 1993, doi:10.1111/j.1467-9280.1993.tb00589.x). 모형은 흔적이 그렇게 할 수 있는 한 가지 방법을 보여 줘요.',
  ],
};
