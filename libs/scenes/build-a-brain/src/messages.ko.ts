import type { Text } from './messages.en.ts';

export const ko: Text = {
  title: '나만의 뇌 만들기',
  question: '메모리와 에너지가 모자란다면 어떤 부품을 모을까요?',
  claim:
    '모든 면에서 가장 좋은 방법 하나는 없어요. 부품은 서로 힘을 보태고 저마다 값이 있어요. 어떤 것은 메모리를, 어떤 것은 계산을 더 써요.',
  takeaway:
    '부품을 합치면 하나씩 쓸 때보다 나아요. 무엇을 합칠지는 무엇이 모자라는지에 달려 있어요. 재생은 계산이, 용수철은 메모리가 들고, 문은 값이 거의 들지 않지만 지금 어떤 과제인지 알려 줘야 해요.',
  bridge:
    '뇌는 약 20와트로 움직이고, 지난 일을 그림으로 저장해 둘 수 없어요. 어떤 시냅스는 지키고, 세포를 드문드문 쓰고, 잠을 자며 재생해요. 예산 안에서 이룬 조합이에요.',
  stillSummary:
    '용수철과 문을 합쳐 과제 열 개를 배운 결과와, 하나씩만 쓴 결과예요. 합치면 하나만 쓸 때보다 많이 남아요.',
  stillSource: '은닉층 두 개에 유닛 100개씩, 과제 열 개를 200단계씩, 시드 1.',
  parts: '부품',
  part: { ewc: '용수철 (EWC)', si: '지나온 길로 정한 용수철 (SI)', xdg: '문 (XdG)', er: '저장한 그림 재생' },
  none: '부품 없음',
  stored: '과제와 숫자마다 저장하는 그림 수',
  hidden: '은닉층 두 개의 유닛 수',
  alone: '그다음 부품을 하나씩만 써서 비교하기',
  memory: '메모리 예산',
  compute: '계산 예산',
  megabytes: (value) => `${value} MB`,
  operations: (value) => `곱셈-덧셈 ${value} × 10억 번`,
  seed: '시드',
  newSeed: '다른 시드',
  ask: '여러분의 뇌가 과제 열 개를 차례로 배워요. 마지막에 열 과제를 통틀어 정답을 얼마나 맞힐까요?',
  costs: (memory, compute, energy) =>
    `이 뇌는 ${memory}를 간직하고 ${compute}을 해요. 곱셈-덧셈 한 번에 4.6 pJ로 치면 계산에만 약 ${energy} J이 들어요 (Horowitz 2014, doi:10.1109/ISSCC.2014.6757323).`,
  within: '예산 안',
  over: '예산 초과',
  brain: '나의 뇌, 마지막에 열 과제 모두',
  bestAlone: '부품 하나만 쓴 것 가운데 최고',
  multiplyAdds: '곱셈-덧셈 횟수 (10억 번)',
  bytes: '간직하는 메모리 (킬로바이트)',
  boardTitle: '나의 순위표',
  boardHelp: '여러분이 학습시킨 뇌를 좋은 순서로 보여 줘요. 이 브라우저에만 남아요.',
  clear: '순위표 비우기',
  units: (count) => `유닛 ${count}개`,
  columns: { brain: '뇌', accuracy: '정답률', memory: '메모리', compute: '계산', budget: '예산' },
  summary: (brain, accuracy) => `예산 안에서 가장 좋은 뇌는 ${brain}이고 전체 정답률은 ${accuracy}예요.`,
};
