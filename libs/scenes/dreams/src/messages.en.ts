import type { SceneText } from '@engram/scene-kit/static';

export interface Text extends SceneText {
  readonly digit: string;
  readonly digitHelp: string;
  readonly room: string;
  readonly dreamer: string;
  readonly dreamers: Readonly<Record<'places' | 'none', string>>;
  readonly replay: string;
  readonly replayHelp: string;
  readonly seed: string;
  readonly newSeed: string;
  readonly ask: string;
  readonly gridTitle: string;
  readonly rowSummary: (digit: number, judged: string) => string;
  readonly judgedShort: string;
  readonly neverDreamed: string;
  readonly pastTitle: string;
  readonly withDreams: string;
  readonly without: string;
  readonly tableCaption: string;
  readonly what: string;
  readonly asked: string;
  readonly named: string;
  readonly judged: string;
  readonly dreamsOf: (digit: number) => string;
  readonly askedNamed: (digit: number) => string;
  readonly askedJudged: (digit: number) => string;
  readonly stored: string;
  readonly summary: (digit: number, named: string, judged: string) => string;
}

export const en: Text = {
  title: 'A network that dreams',
  question: 'Are smudged dreams good enough to learn from?',
  claim: 'A network that rehearses its own dreams keeps most of the past, and not one picture of it is stored.',
  takeaway:
    'The dreams are smudged, and some are no digit at all. They still hold on to most of the past, for they need not be copies; they need to keep old answers in place.',
  bridge:
    'The hippocampus keeps no photographs either. It produces something like the day and the cortex learns from that; a memory that is made again each time can be vivid and wrong.',
  stillSummary:
    'Rows of digits that a network dreamed after it had learned all five pairs: some clear, some smudged, some no digit at all. With these dreams in every step it still recognises most of the earlier digits; without them, hardly any.',
  stillSource:
    'Split MNIST in five pairs, 0 and 1 first; one hidden layer of 100 units, a code of 50 numbers; 50 dreams of each digit judged; seed 1.',
  digit: 'Dream this digit',
  digitHelp: 'A digit can be dreamed once its pair has been learned.',
  room: 'Room of the dreamer: numbers in its code',
  dreamer: 'How does one ask for a digit?',
  dreamers: {
    places: 'each digit has a place in the code',
    none: 'dream at random, sort by what the network calls it',
  },
  replay: 'Replay the dreams while learning',
  replayHelp: 'Off: the network learns one pair after the other, and nothing dreams.',
  seed: 'Seed',
  newSeed: 'Another',
  ask: 'The network learns five pairs of digits with only its dreams of the earlier ones. How much of the first four pairs will it recognise at the end?',
  gridTitle: 'Dreams of each digit learned so far',
  rowSummary: (digit, judged) => `Dreams of ${digit}: the judge reads ${judged} of them as ${digit}.`,
  judgedShort: 'read so by a judge',
  neverDreamed: 'never dreamed',
  pastTitle: 'First four pairs, recognised at the end',
  withDreams: 'With dreams',
  without: 'Without replay',
  tableCaption: 'Dreams of each digit, what two networks take them for, and what is left of the first four pairs.',
  what: 'Row',
  asked: 'Dreams',
  named: 'Named so by the network itself',
  judged: 'Named so by the judge',
  dreamsOf: (digit) => `Dreams of ${digit}`,
  askedNamed: (digit) => `Dreams of ${digit} that the network itself calls ${digit}`,
  askedJudged: (digit) => `Dreams of ${digit} that the judge calls ${digit}`,
  stored: 'Training pictures stored',
  summary: (digit, named, judged) =>
    `Of 50 dreams of ${digit}, the network itself calls ${named} a ${digit}. A judge that learned all real digits mixed, and never saw a dream, calls ${judged} of them a ${digit}.`,
};
