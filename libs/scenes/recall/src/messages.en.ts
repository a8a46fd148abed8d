import type { SceneText } from '@engram/scene-kit/static';
import type { Pair } from './session.ts';

export interface Text extends SceneText {
  readonly pairs: readonly Pair[];
  readonly skip: string;
  readonly begin: string;
  readonly beginAgain: string;
  readonly instruction: string;
  readonly secondInstruction: string;
  readonly next: string;
  readonly pairOf: (number: number, of: number) => string;
  readonly testNow: string;
  readonly testAgain: string;
  readonly waiting: (minutes: string) => string;
  readonly testInstruction: string;
  readonly whatWent: (cue: string) => string;
  readonly submit: string;
  readonly erase: string;
  readonly privacy: string;
  readonly ask: string;
  readonly minutes: string;
  readonly share: string;
  readonly all: string;
  readonly once: string;
  readonly twice: string;
  readonly tests: string;
  readonly test: string;
  readonly hours: string;
  readonly savings: string;
  readonly after: readonly string[];
  readonly summary: (right: string, minutes: string, once: string, twice: string) => string;
  readonly notes: readonly string[];
}

export const en: Text = {
  title: 'The forgetting that is yours',
  question: 'How many of eight odd pairs will be left when you have read on?',
  claim: 'What you learn next competes with what you learned before; and what you call to mind once stays longer.',
  takeaway:
    'Forgetting is less the decay of a store than a contest: a second use of the same cue pushes the first aside. Calling something to mind is the best way to keep it.',
  bridge:
    'A network forgets for the same reason, only more thoroughly: the new is written where the old was. In people it costs a few words; in a network, everything.',
  stillSummary:
    'Hermann Ebbinghaus’s own forgetting curve: of the work of learning a list again, he saved 58 percent after twenty minutes, 44 after an hour, 34 after a day and 21 after a month. Steep at first, then nearly flat.',
  stillSource:
    'Ebbinghaus 1885, as given by Murre and Dros 2015, doi:10.1371/journal.pone.0120644. One person, nonsense syllables.',
  pairs: [
    { cue: 'teapot', target: 'comet', rival: 'ladder' },
    { cue: 'walrus', target: 'violin', rival: 'passport' },
    { cue: 'cactus', target: 'bishop', rival: 'kettle' },
    { cue: 'pillow', target: 'volcano', rival: 'stapler' },
    { cue: 'lantern', target: 'octopus', rival: 'muffin' },
    { cue: 'saddle', target: 'iceberg', rival: 'trumpet' },
    { cue: 'spoon', target: 'dragon', rival: 'envelope' },
    { cue: 'window', target: 'pepper', rival: 'pirate' },
  ],
  skip: 'Skip the exercise',
  begin: 'Study eight pairs',
  beginAgain: 'Study from the beginning',
  instruction: 'Picture the two things together, as oddly as you can. Take as long as you like.',
  secondInstruction: 'A second list: some of the same words, with another partner. Read each once.',
  next: 'Next',
  pairOf: (number, of) => `pair ${number} of ${of}`,
  testNow: 'Test yourself',
  testAgain: 'Test yourself again',
  waiting: (minutes) => `You studied ${minutes} minutes ago. Read on and come back, or test yourself now.`,
  testInstruction: 'From the first list: what went with it? Leave it empty if nothing comes.',
  whatWent: (cue) => `What went with “${cue}”, in the first list?`,
  submit: 'Answer',
  erase: 'Erase my answers',
  privacy: 'Your answers stay in this browser. Nothing is sent.',
  ask: 'You study eight pairs, then a second list. How many of the eight will you recall?',
  minutes: 'minutes since you studied',
  share: 'recalled',
  all: 'all pairs',
  once: 'cues that came once',
  twice: 'cues that came twice',
  tests: 'Tests taken',
  test: 'test',
  hours: 'time',
  savings: 'work saved when learning again',
  after: ['20 min', '1 h', '9 h', '1 day', '2 d', '6 d', '31 d'],
  summary: (right, minutes, once, twice) =>
    `Recalled after ${minutes} minutes: ${right} of the pairs, ${once} where the cue came once and ${twice} where it came twice.`,
  notes: [
    'Half of the cues, chosen by the seed, come back in the second list with another word. If you lose more of those, that is interference, the main cause of everyday forgetting.',
    'Eight pairs and one person are far too few to prove anything. This is for feeling it, not for measuring you, and says nothing about your health.',
  ],
};
