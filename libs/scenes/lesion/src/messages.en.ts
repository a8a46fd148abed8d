import type { SceneText } from '@engram/scene-kit/static';

export interface Text extends SceneText {
  readonly year: string;
  readonly yearShown: (year: string) => string;
  readonly lesion: string;
  readonly practise: string;
  readonly practiseHelp: string;
  readonly seed: string;
  readonly newSeed: string;
  readonly start: string;
  readonly ask: string;
  readonly xAxis: string;
  readonly yAxis: string;
  readonly recalled: string;
  readonly surgery: string;
  readonly disputed: string;
  readonly trial: string;
  readonly error: string;
  readonly skillTitle: string;
  readonly skillSummary: (first: string, last: string) => string;
  readonly remote: string;
  readonly recent: string;
  readonly afterwards: string;
  readonly gradient: string;
  readonly span: string;
  readonly skillFirst: string;
  readonly skillLast: string;
  readonly spread: string;
  readonly row: (year: string) => string;
  readonly summary: (lost: string, remote: string, recent: string, afterwards: string) => string;
  readonly notes: readonly string[];
}

export const en: Text = {
  title: 'A lesion in a life',
  question: 'Which memories need the fast store, and for how long?',
  claim:
    'A memory that has two stores, and copies from the fast one to the slow one at night, loses the recent past and the future when the fast one is lost, and keeps the distant past.',
  takeaway:
    'What had been copied survives, what was waiting to be copied is lost, and nothing new arrives. The slope of the loss is the slope of the copying.',
  bridge:
    'A network trained on one task after another has one store only. Two stores with replay between them are the first thing that brains have and it lacks.',
  stillSummary:
    'Forty model years of ten events each. With the fast store removed after year 27, events of the first seventeen years are recalled almost as before, those of the last two years before surgery only in part, and those after it not at all.',
  stillSource: 'Five simulated people, seeds 1 to 5; the band is one standard deviation.',
  year: 'When the lesion happens',
  yearShown: (year) => `after year ${year} of 40`,
  lesion: 'How much of the fast store is lost',
  practise: 'Practise mirror drawing after the lesion',
  practiseHelp: 'Thirty trials on three days, as Brenda Milner asked of Henry Molaison.',
  seed: 'Seed',
  newSeed: 'Another',
  start: 'Live five lives',
  ask: 'All fast units are lost after year 27. How many events of the two years before that can still be recalled?',
  xAxis: 'model year in which it happened',
  yAxis: 'recalled at the end of life',
  recalled: 'events recalled',
  surgery: 'lesion',
  disputed: 'H.M.: reports differ',
  trial: 'trial',
  error: 'error',
  skillTitle: 'Mirror drawing',
  skillSummary: (first, last) => `The error falls from ${first} to ${last}, whatever the lesion.`,
  remote: 'Remote events',
  recent: 'Last two years before',
  afterwards: 'Events afterwards',
  gradient: 'Remote minus recent',
  span: 'Digit span',
  skillFirst: 'Mirror drawing, first error',
  skillLast: 'Mirror drawing, last error',
  spread: '± standard deviation',
  row: (year) => `year ${year}`,
  summary: (lost, remote, recent, afterwards) =>
    `With ${lost} of the fast units lost, ${remote} of the remote events are recalled, ${recent} of those from the last two years before, and ${afterwards} of what came afterwards.`,
  notes: [
    'Digit span and mirror drawing are spared by construction: they are models of their own that share nothing with the two stores. That they can be spared is what Henry Molaison showed; this model does not explain it.',
    'The hatched stretch is a reminder, not a result. How far back Henry’s loss reached is not certain: reports run from a few years to about eleven, and they come from different tests. Model years are not calendar years.',
    'His surgery took more than the hippocampus (amygdala and entorhinal cortex too), and about half of the hippocampal tissue remained. The model has no such anatomy.',
    'Henry Molaison (1926–2008) took part in research for over fifty years. Nothing here is medical advice.',
  ],
};
