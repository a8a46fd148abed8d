import type { Locale, SceneText } from '@engram/scene-kit/static';

export interface LabText extends SceneText {
  readonly benchmark: string;
  readonly benchmarks: Readonly<Record<'split-mnist' | 'permuted-mnist' | 'rotated-mnist', string>>;
  readonly scenario: string;
  readonly scenarios: Readonly<Record<'task' | 'domain' | 'class', string>>;
  readonly data: string;
  readonly datasets: Readonly<Record<'subset' | 'digits', string>>;
  readonly tasks: string;
  readonly hidden: string;
  readonly layers: string;
  readonly iterations: string;
  readonly seed: string;
  readonly newSeed: string;
  readonly run: (letter: string, label: string) => string;
  readonly none: string;
  readonly help: string;
  readonly accuracy: string;
  readonly learned: string;
  readonly tested: string;
  readonly curves: string;
  readonly average: (label: string) => string;
  readonly units: (label: string) => string;
  readonly onService: string;
  readonly sent: string;
  readonly noService: string;
}

const en: LabText = {
  title: 'Your own experiment',
  question: 'What would you like to try?',
  claim: 'Up to three networks on the same tasks, each with any combination of strategies.',
  takeaway: '',
  bridge: '',
  stillSummary: 'Nothing has run yet. Choose, then train.',
  stillSource: '',
  benchmark: 'Tasks',
  benchmarks: {
    'split-mnist': 'Pairs of digits',
    'permuted-mnist': 'Shuffled pixels',
    'rotated-mnist': 'Turned pictures',
  },
  scenario: 'What is told at the test',
  scenarios: { task: 'the task', domain: 'nothing, same answers', class: 'nothing, all answers compete' },
  data: 'Pictures',
  datasets: { subset: 'MNIST, 12,000', digits: '8 × 8 digits, quick' },
  tasks: 'Number of tasks',
  hidden: 'Units in a layer',
  layers: 'Layers',
  iterations: 'Steps for each task',
  seed: 'Seed',
  newSeed: 'Another',
  run: (letter, label) => `Network ${letter}: ${label}`,
  none: 'plain training',
  help: 'Some strategies exclude each other or need to be told the task; the run then says so.',
  accuracy: 'mean accuracy on tasks seen',
  learned: 'tasks learned',
  tested: 'tested on task',
  curves: 'What is kept, task by task',
  average: (label) => `${label}: kept at the end`,
  units: (label) => `${label}: what the first hidden units look for`,
  onService: 'Send to the training service at this address',
  sent: 'Accepted. It appears under /v1/runs.',
  noService: 'There is no training service at this address. Start one with: npx engram serve',
};

const ko: LabText = {
  title: '나만의 실험',
  question: '무엇을 해 볼까요?',
  claim: '같은 과제를 배우는 신경망을 셋까지 견주어요. 신경망마다 전략을 마음대로 조합할 수 있어요.',
  takeaway: '',
  bridge: '',
  stillSummary: '아직 아무것도 실행하지 않았어요. 고른 다음 학습해 보세요.',
  stillSource: '',
  benchmark: '과제',
  benchmarks: { 'split-mnist': '숫자 쌍', 'permuted-mnist': '뒤섞은 픽셀', 'rotated-mnist': '돌린 그림' },
  scenario: '시험 때 알려 주는 것',
  scenarios: { task: '어느 과제인지', domain: '없음, 답의 종류는 같음', class: '없음, 모든 답이 겨룸' },
  data: '그림',
  datasets: { subset: 'MNIST 12,000장', digits: '8 × 8 숫자, 빠름' },
  tasks: '과제 수',
  hidden: '한 층의 유닛 수',
  layers: '층 수',
  iterations: '과제마다 학습 단계',
  seed: '시드',
  newSeed: '다른 시드',
  run: (letter, label) => `신경망 ${letter}: ${label}`,
  none: '평범한 학습',
  help: '함께 쓸 수 없거나 과제를 알려 줘야 하는 전략도 있어요. 그럴 때는 실행할 때 이유를 알려 줘요.',
  accuracy: '배운 과제의 평균 정확도',
  learned: '배운 과제 수',
  tested: '시험한 과제',
  curves: '과제를 배울 때마다 남는 기억',
  average: (label) => `${label}: 마지막에 남은 것`,
  units: (label) => `${label}: 첫 은닉 유닛들이 찾는 무늬`,
  onService: '이 주소의 학습 서비스로 보내기',
  sent: '접수됐어요. /v1/runs에서 볼 수 있어요.',
  noService: '이 주소에는 학습 서비스가 없어요. 다음 명령으로 시작하세요: npx engram serve',
};

export const labText: Readonly<Record<Locale, LabText>> = { en, ko };
