import type { Text } from './messages.en.ts';

export const ko: Text = {
  title: '꿈꾸는 신경망',
  question: '번진 꿈으로도 배울 수 있을까요?',
  claim: '자기 꿈을 되새기는 신경망은 과거를 대부분 지켜 내요. 그림은 한 장도 저장하지 않아요.',
  takeaway:
    '꿈은 번져 있고, 어떤 것은 숫자라고 하기도 어려워요. 그래도 과거는 대부분 지켜져요. 사본일 필요가 없거든요. 옛 답을 제자리에 붙들어 두기만 하면 돼요.',
  bridge:
    '해마에도 사진은 없어요. 하루와 비슷한 것을 만들어 내고, 피질은 그것으로 배워요. 떠올릴 때마다 새로 만들어지는 기억은 생생하면서도 틀릴 수 있어요.',
  stillSummary:
    '다섯 쌍을 모두 배운 신경망이 꿈꾼 숫자들이에요. 또렷한 것도, 번진 것도, 숫자라고 하기 어려운 것도 있어요. 걸음마다 이 꿈을 섞으면 앞서 배운 숫자를 대부분 알아보고, 섞지 않으면 거의 알아보지 못해요.',
  stillSource:
    'Split MNIST 다섯 쌍, 0과 1부터 차례로. 은닉층 하나에 유닛 100개, 숫자 50개짜리 코드. 숫자마다 꿈 50개를 판정했어요. 시드 1.',
  digit: '꿈꿀 숫자',
  digitHelp: '그 숫자가 든 쌍을 배운 다음부터 꿈꿀 수 있어요.',
  room: '꿈꾸는 쪽의 자리: 코드에 든 숫자의 개수',
  dreamer: '숫자를 어떻게 부탁할까요?',
  dreamers: {
    places: '코드 안에 숫자마다 자리를 두기',
    none: '아무렇게나 꿈꾸고 신경망이 붙인 이름으로 나누기',
  },
  replay: '배우는 동안 꿈을 재생하기',
  replayHelp: '끄면 한 쌍씩 차례로 배우기만 하고, 아무것도 꿈꾸지 않아요.',
  seed: '시드',
  newSeed: '다른 시드',
  ask: '신경망이 앞서 배운 숫자는 꿈으로만 만나면서 다섯 쌍을 배워요. 마지막에 앞의 네 쌍을 얼마나 알아볼까요?',
  gridTitle: '지금까지 배운 숫자의 꿈',
  rowSummary: (digit, judged) => `${digit}의 꿈: 판정하는 신경망이 ${judged}를 ${digit}(으)로 읽어요.`,
  judgedShort: '제대로 읽힌 비율',
  neverDreamed: '꿈꾸지 않음',
  pastTitle: '마지막에 알아보는 앞의 네 쌍',
  withDreams: '꿈을 섞을 때',
  without: '재생이 없을 때',
  tableCaption: '숫자마다 꾼 꿈과 두 신경망이 읽은 결과, 그리고 앞의 네 쌍 가운데 남은 비율이에요.',
  what: '항목',
  asked: '꿈의 수',
  named: '꿈꾼 신경망이 그렇게 부른 비율',
  judged: '판정하는 신경망이 그렇게 부른 비율',
  dreamsOf: (digit) => `${digit}의 꿈`,
  askedNamed: (digit) => `${digit}의 꿈을 꿈꾼 신경망이 ${digit}(으)로 부른 비율`,
  askedJudged: (digit) => `${digit}의 꿈을 판정하는 신경망이 ${digit}(으)로 부른 비율`,
  stored: '저장한 학습 그림',
  summary: (digit, named, judged) =>
    `${digit}의 꿈 50개 가운데 꿈꾼 신경망 자신은 ${named}를 ${digit}(으)로 불러요. 진짜 숫자를 모두 섞어 배웠고 꿈은 한 번도 보지 못한 판정 신경망은 ${judged}를 ${digit}(으)로 불러요.`,
};
