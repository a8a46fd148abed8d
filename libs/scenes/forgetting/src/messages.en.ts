import type { SceneText } from '@engram/scene-kit/static';

export interface Text extends SceneText {
  readonly hidden: string;
  readonly iterations: string;
  readonly interleaved: string;
  readonly seed: string;
  readonly newSeed: string;
  readonly ask: string;
  readonly sequential: string;
  readonly together: string;
  readonly tested: string;
  readonly learned: string;
  readonly firstThen: string;
  readonly firstNow: string;
  readonly firstTogether: string;
  readonly after: (tasks: number) => string;
  readonly summary: (then: string, now: string) => string;
}

export const en: Text = {
  title: 'A network forgets',
  question: 'What happens to the first digits when others come after them?',
  claim: 'Learning something new overwrites what was learned before, although there is room for both.',
  takeaway:
    'A network that learns one thing after another keeps only the last. The same network, shown everything mixed, keeps it all: room is not what it lacks.',
  bridge: 'A brain learns one thing after another all its life. It must do something that plain training does not.',
  stillSummary:
    'Five pairs of digits were learned one after the other. After each pair, only the pair just learned is recognised; all earlier pairs have fallen to zero.',
  stillSource: 'One hidden layer of 100 units, 200 steps for each pair of digits, seed 0.',
  hidden: 'Units in the hidden layer',
  iterations: 'Steps for each pair',
  interleaved: 'Then show all pairs mixed, for as many steps',
  seed: 'Seed',
  newSeed: 'Another',
  ask: 'The network learns 0 and 1, then four more pairs. How many zeros and ones will it still recognise?',
  sequential: 'One pair after the other',
  together: 'All pairs mixed',
  tested: 'recognises pair',
  learned: 'pairs learned',
  firstThen: 'First pair, just learned',
  firstNow: 'First pair, at the end',
  firstTogether: 'First pair, when all were mixed',
  after: (tasks) => (tasks === 0 ? 'before training' : `after ${tasks}`),
  summary: (then, now) => `Right after learning the first pair, ${then} of it was recognised; at the end, ${now}.`,
};
