import type { Badge, Locale } from '../description.ts';
import type { FailureKind } from '../run/protocol.ts';

/** The words that every frame says, whatever its scene. */
export interface FrameWords {
  readonly badge: Readonly<Record<Badge, string>>;
  readonly badgeMeaning: Readonly<Record<Badge, string>>;
  readonly start: string;
  readonly again: string;
  readonly pause: string;
  readonly resume: string;
  readonly stop: string;
  readonly retry: string;
  readonly backToStill: string;
  readonly loading: string;
  readonly paused: string;
  readonly done: string;
  readonly running: (percent: string) => string;
  readonly trainingTask: (task: number, of: number) => string;
  readonly figure: string;
  readonly data: string;
  readonly view: string;
  readonly noNumbersYet: string;
  readonly predict: string;
  readonly predictAfter: (guess: string, measured: string) => string;
  readonly guess: string;
  readonly takeaway: string;
  readonly bridge: string;
  readonly yourself: string;
  readonly yourselfHelp: string;
  readonly copy: string;
  readonly copied: string;
  readonly record: string;
  readonly recordHelp: string;
  readonly service: string;
  readonly share: string;
  readonly shareHelp: string;
  readonly qr: string;
  readonly saveSvg: string;
  readonly savePng: string;
  readonly saveCsv: string;
  readonly failure: Readonly<Record<FailureKind, string>>;
}

const en: FrameWords = {
  badge: { live: 'Live', recorded: 'Recorded', model: 'Model', paper: 'Paper', yours: 'Yours' },
  badgeMeaning: {
    live: 'Trained here in your browser, now.',
    recorded: 'From a run record kept with the source code.',
    model: 'Computed from a simple model; not measurements of a brain.',
    paper: 'Read from a published paper.',
    yours: 'Your own answers. They stay in this browser.',
  },
  start: 'Train it now',
  again: 'Run again',
  pause: 'Pause',
  resume: 'Go on',
  stop: 'Stop',
  retry: 'Try again',
  backToStill: 'Back to the recorded figure',
  loading: 'Loading the network and its pictures …',
  paused: 'Paused.',
  done: 'Finished.',
  running: (percent) => `${percent} done.`,
  trainingTask: (task, of) => `Learning task ${task} of ${of}.`,
  figure: 'Figure',
  data: 'Data',
  view: 'How to show the numbers',
  noNumbersYet: 'not run yet',
  predict: 'First, your guess',
  predictAfter: (guess, measured) => `You guessed ${guess}; it came out at ${measured}.`,
  guess: 'Your guess',
  takeaway: 'Takeaway',
  bridge: 'Brain and network',
  yourself: 'Run this yourself',
  yourselfHelp:
    'On the command line, with the same seed and the same engine, this reaches the same weights, bit for bit.',
  copy: 'Copy',
  copied: 'Copied.',
  record: 'Run record',
  recordHelp: 'Settings, seed, engine, hashes and every number, as JSON.',
  service: 'As a request to a training service',
  share: 'Share',
  shareHelp: 'A link that opens this scene with these settings.',
  qr: 'As a QR code',
  saveSvg: 'Figure (SVG)',
  savePng: 'Figure (PNG)',
  saveCsv: 'Numbers (CSV)',
  failure: {
    load: 'The training program or its pictures could not be loaded. Check the connection and try again; the figure stays as it was.',
    lost: 'Training stopped answering; the browser may have ended it to save memory. Nothing else was lost. Try again.',
    memory:
      'The browser refused the memory that this network needs. Close other tabs, or choose a smaller network, and try again.',
    impossible: 'These settings cannot be trained together. Change them and try again.',
    diverged:
      'The network lost its footing: its loss is no longer a number. A smaller learning rate or a weaker penalty helps.',
    service:
      'The training service did not do what was asked. It must be the one that serves this page (npm start, or npx engram serve). Try again once it runs.',
    unexpected:
      'Something went wrong that should not have. Try again; if it happens once more, please tell us what it says below.',
  },
};

const ko: FrameWords = {
  badge: { live: '실시간', recorded: '기록', model: '모형', paper: '논문', yours: '내 기록' },
  badgeMeaning: {
    live: '지금 이 브라우저에서 직접 학습한 결과예요.',
    recorded: '소스 코드와 함께 보관된 실행 기록에서 가져왔어요.',
    model: '단순한 모형으로 계산한 값이에요. 실제 뇌를 측정한 값이 아니에요.',
    paper: '발표된 논문에서 가져온 값이에요.',
    yours: '여러분이 직접 답한 결과예요. 이 브라우저 밖으로 나가지 않아요.',
  },
  start: '지금 학습하기',
  again: '다시 실행하기',
  pause: '잠시 멈추기',
  resume: '계속하기',
  stop: '그만하기',
  retry: '다시 해 보기',
  backToStill: '기록된 그림으로 돌아가기',
  loading: '신경망과 학습할 그림을 불러오고 있어요 …',
  paused: '잠시 멈췄어요.',
  done: '다 끝났어요.',
  running: (percent) => `${percent}까지 진행했어요.`,
  trainingTask: (task, of) => `${of}개 과제 가운데 ${task}번째를 배우고 있어요.`,
  figure: '그림',
  data: '데이터',
  view: '수치를 보는 방법',
  noNumbersYet: '아직 실행 전',
  predict: '먼저 짐작해 보세요',
  predictAfter: (guess, measured) => `짐작은 ${guess}, 실제 결과는 ${measured}예요.`,
  guess: '내 짐작',
  takeaway: '기억할 점',
  bridge: '뇌와 신경망',
  yourself: '직접 실행해 보기',
  yourselfHelp: '명령줄에서 같은 시드와 같은 엔진으로 실행하면 가중치가 비트 하나까지 똑같이 나와요.',
  copy: '복사하기',
  copied: '복사했어요.',
  record: '실행 기록',
  recordHelp: '설정, 시드, 엔진, 해시와 모든 수치를 JSON으로 담았어요.',
  service: '학습 서비스에 보내는 요청',
  share: '공유하기',
  shareHelp: '지금 설정 그대로 이 장면을 여는 링크예요.',
  qr: 'QR 코드로 보기',
  saveSvg: '그림 (SVG)',
  savePng: '그림 (PNG)',
  saveCsv: '수치 (CSV)',
  failure: {
    load: '학습 프로그램이나 학습할 그림을 불러오지 못했어요. 연결을 확인하고 다시 해 보세요. 그림은 그대로 남아 있어요.',
    lost: '학습이 응답을 멈췄어요. 브라우저가 메모리를 아끼려고 끝냈을 수 있어요. 다른 내용은 그대로니 다시 해 보세요.',
    memory:
      '브라우저가 이 신경망에 필요한 메모리를 내주지 않았어요. 다른 탭을 닫거나 더 작은 신경망을 골라 다시 해 보세요.',
    impossible: '이 설정들은 함께 학습할 수 없어요. 설정을 바꿔 다시 해 보세요.',
    diverged: '신경망이 중심을 잃어 손실이 더는 숫자가 아니에요. 학습률을 낮추거나 벌점을 줄여 보세요.',
    service:
      '학습 서비스가 요청을 처리하지 못했어요. 이 페이지를 보여 주는 서비스가 실행 중이어야 해요(npm start 또는 npx engram serve). 실행한 뒤 다시 해 보세요.',
    unexpected: '예상하지 못한 문제가 생겼어요. 다시 해 보고, 또 생기면 아래 내용을 알려 주세요.',
  },
};

export const frameWords: Readonly<Record<Locale, FrameWords>> = { en, ko };
