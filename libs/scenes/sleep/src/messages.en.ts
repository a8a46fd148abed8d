import type { SceneText } from '@engram/scene-kit/static';

export interface Text extends SceneText {
  readonly nights: string;
  readonly nightsShown: (nights: number) => string;
  readonly replay: string;
  readonly replayHelp: string;
  readonly scaling: string;
  readonly scalingShown: (percent: string) => string;
  readonly interference: string;
  readonly interferenceShown: (count: number) => string;
  readonly view: string;
  readonly views: Readonly<Record<'recall' | 'slow' | 'signal', string>>;
  readonly seed: string;
  readonly newSeed: string;
  readonly start: string;
  readonly ask: string;
  readonly night: string;
  readonly kinds: Readonly<Record<'vivid' | 'ordinary' | 'faint', string>>;
  readonly slow: string;
  readonly signal: string;
  readonly free: string;
  readonly recalledAxis: string;
  readonly overall: string;
  readonly metrics: Readonly<Record<'vivid' | 'faint' | 'slow' | 'signalFirst' | 'signalLast' | 'free', string>>;
  readonly summary: (nights: string, vivid: string, faint: string, slow: string, first: string, last: string) => string;
  readonly notes: readonly string[];
}

export const en: Text = {
  title: 'What a night does',
  question: 'What stays of a day after a week of nights, and why?',
  claim:
    'Replay carries the day from a fast store into a slow one; scaling everything down quiets the background, so that what was strong stands out.',
  takeaway:
    'Replay strengthens what belongs together, scaling makes it stand out and makes room. The vivid moments outlive both; the faint ones live on only if they were replayed in time.',
  bridge:
    'Networks can be given nights, too: rehearse what was known while something new is learned. What replay does here between two stores, generative replay does later with a network’s own dreams.',
  stillSummary:
    'Seven nights with replay, scaling and a few new experiences on each day. All vivid moments are still recalled after a week, and most ordinary ones; of the faint ones a quarter is left, and that is what was replayed in time.',
  stillSource: 'Mean of three simulated people, seeds 1 to 3.',
  nights: 'Nights',
  nightsShown: (nights) => (nights === 1 ? '1 night' : `${nights} nights`),
  replay: 'Replay during the night',
  replayHelp:
    'Twenty-five times a night, the fast store calls something up by itself, and the slow store learns a little from it.',
  scaling: 'Scaling down each night',
  scalingShown: (percent) => `connections keep ${percent} of their strength`,
  interference: 'New experiences on each following day',
  interferenceShown: (count) => String(count),
  view: 'Show',
  views: { recall: 'What is recalled', slow: 'The slow store', signal: 'Signal over noise' },
  seed: 'Seed',
  newSeed: 'Another',
  start: 'Sleep',
  ask: 'After seven nights with replay and scaling, how many of the day’s moments can the slow store recall on its own?',
  night: 'nights slept',
  kinds: { vivid: 'vivid moments', ordinary: 'ordinary moments', faint: 'faint moments' },
  slow: 'from the slow store alone',
  signal: 'signal over noise in the fast store',
  free: 'free connections',
  recalledAxis: 'moments recalled',
  overall: 'from both stores',
  metrics: {
    vivid: 'Vivid moments recalled',
    faint: 'Faint moments recalled',
    slow: 'From the slow store alone',
    signalFirst: 'Signal over noise, first evening',
    signalLast: 'Signal over noise, last morning',
    free: 'Free connections, last morning',
  },
  summary: (nights, vivid, faint, slow, first, last) =>
    `After ${nights}, ${vivid} of the vivid and ${faint} of the faint moments are recalled; the slow store alone has ${slow}. The signal in the fast store stood ${first} times above the noise on the first evening and stands ${last} times above it now.`,
  notes: [
    'That sleep replays is measured, in rats cell by cell and in people by cueing; that it scales synapses down is a hypothesis with evidence for and against it. The model shows what each would do.',
    'Scaling alone multiplies signal and noise alike. The ratio rises because connections that fall below a floor are lost, and the weak ones fall first.',
  ],
};
