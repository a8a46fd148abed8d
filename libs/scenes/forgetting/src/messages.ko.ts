import type { Text } from './messages.en.ts';

export const ko: Text = {
  title: '잊어버리는 신경망',
  question: '새로운 숫자를 배우면 먼저 배운 숫자는 어떻게 될까요?',
  claim: '자리가 넉넉한데도, 새로 배운 것이 먼저 배운 것을 덮어써요.',
  takeaway:
    '하나씩 차례로 배운 신경망에는 마지막 것만 남아요. 같은 신경망에 모두 섞어 보여 주면 전부 기억해요. 자리가 모자란 게 아니에요.',
  bridge: '뇌는 평생 하나씩 차례로 배워요. 평범한 학습에는 없는 무언가를 뇌는 하고 있는 거예요.',
  stillSummary:
    '숫자 다섯 쌍을 차례로 배웠어요. 한 쌍을 배울 때마다 방금 배운 쌍만 알아보고, 앞서 배운 쌍의 정확도는 모두 0으로 떨어져요.',
  stillSource: '은닉층 유닛 100개, 숫자 한 쌍마다 200단계, 시드 0.',
  hidden: '은닉층의 유닛 수',
  iterations: '한 쌍마다 학습 단계',
  interleaved: '그다음 모든 쌍을 섞어서 같은 단계만큼 보여 주기',
  seed: '시드',
  newSeed: '다른 시드',
  ask: '신경망이 0과 1을 배우고, 이어서 네 쌍을 더 배워요. 0과 1을 얼마나 알아볼까요?',
  sequential: '한 쌍씩 차례로',
  together: '모든 쌍을 섞어서',
  tested: '알아보는 쌍',
  learned: '배운 쌍의 수',
  firstThen: '첫 쌍, 막 배웠을 때',
  firstNow: '첫 쌍, 마지막에',
  firstTogether: '첫 쌍, 모두 섞었을 때',
  after: (tasks) => (tasks === 0 ? '학습 전' : `${tasks}쌍을 배운 뒤`),
  summary: (then, now) => `첫 쌍을 막 배웠을 때는 ${then}를 알아봤고, 마지막에는 ${now}를 알아봐요.`,
};
