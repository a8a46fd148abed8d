import type { Text } from './messages.en.ts';

export const ko: Text = {
  title: '더 어려운 그림',
  question: '숫자에서 찾은 처방이 옷과 사진에도 들을까요?',
  claim: '같은 신경망과 같은 재생을 손글씨 숫자와 옷 그림에 써 봐요.',
  takeaway:
    '같은 재생이 숫자는 3분의 2쯤, 옷은 절반을 지켜요. 숫자에서 찾은 처방은 다른 것에 대해서는 짐작일 뿐이에요. 재생 곁에서 가중치까지 붙들면 더 나아질 수 있어요.',
  bridge:
    '잠은 눈에 들어온 것이 아니라 높은 영역이 세상에서 읽어 낸 것을 재생하는 듯해요. 사진에서도 그쪽을 꿈꾸는 편이 나아요.',
  stillSummary:
    '처방이 없으면 어느 쪽이든 마지막 쌍 말고는 거의 남지 않아요. 재생은 숫자의 3분의 2쯤, 옷은 절반을 지켜요. EWC를 곁들이면 양쪽 다 더 남고, 여기서 고른 세기의 SI는 아무것도 바꾸지 않아요.',
  stillSource:
    '숫자(MNIST)나 옷(Fashion-MNIST) 다섯 쌍을 차례로, 어느 쌍인지 알려 주지 않고 배웠어요. 은닉층 하나에 유닛 100개, 쌍마다 그림 64개씩 100단계, 시드 1. EWC의 λ = 100과 SI의 c = 0.1은 조정하지 않은 값이라 둘의 순위를 말해 주지 않고, 몇 점 차이는 뜻이 없어요.',
  kinds: { digits: '손글씨 숫자', clothes: '옷' },
  cures: {
    none: '처방 없음',
    replay: '생성적 재생',
    'replay-ewc': '재생과 EWC',
    'replay-si': '재생과 SI',
  },
  chosen: '고른 처방',
  trainedNow: '손글씨 숫자, 지금 학습',
  recordedClothes: '옷, 기록(100단계, 시드 1)',
  photographs: '사진: 아직 재지 않았어요',
  missing:
    '사진에서는 고정해 둔 앞쪽 층이 뽑아낸 것을 재생해요. 우리가 직접 실행한 결과가 아직 없어서 막대도 없어요. 발표된 결과는 본문에서 이야기해요.',
  iterations: '숫자 한 쌍마다 학습 단계',
  seed: '시드',
  newSeed: '다른 시드',
  ask: '같은 신경망이 생성적 재생으로 옷 다섯 쌍을 배워요. 마지막에 열 가지를 통틀어 얼마나 알아볼까요?',
  figure: '처방마다, 다섯 쌍의 시험 그림 가운데 마지막에 알아보는 비율이에요.',
  what: '그림',
  cure: '처방',
  accuracy: '마지막에 알아보는 비율(모든 쌍)',
  onDigits: (cure) => `숫자, ${cure}`,
  onClothes: (cure) => `옷(기록), ${cure}`,
  summary: (cure, digits, clothes) =>
    `‘${cure}’일 때, 이번 실행에서는 마지막에 숫자의 ${digits}, 기록된 실행에서는 옷의 ${clothes}를 알아봐요.`,
};
