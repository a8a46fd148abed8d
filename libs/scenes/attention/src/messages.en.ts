import type { SceneText } from '@engram/scene-kit/static';

export interface Text extends SceneText {
  readonly filter: string;
  readonly filterShown: (percent: string) => string;
  readonly noradrenaline: string;
  readonly dopamine: string;
  readonly gainShown: (gain: string) => string;
  readonly peak: string;
  readonly end: string;
  readonly view: string;
  readonly views: Readonly<Record<'stream' | 'episode', string>>;
  readonly seed: string;
  readonly newSeed: string;
  readonly start: string;
  readonly ask: string;
  readonly kinds: Readonly<Record<'neutral' | 'surprising' | 'rewarded' | 'unattended', string>>;
  readonly advantage: string;
  readonly lived: string;
  readonly remembered: string;
  readonly peakAndEnd: string;
  readonly moment: string;
  readonly intensity: string;
  readonly weight: string;
  readonly kind: string;
  readonly recalled: string;
  readonly spread: string;
  readonly summary: (neutral: string, surprising: string, rewarded: string, unattended: string) => string;
  readonly episodeSummary: (lived: string, remembered: string) => string;
  readonly notes: readonly string[];
}

export const en: Text = {
  title: 'What gets in',
  question: 'Which events of a day are written down, and how firmly?',
  claim:
    'Every event is seen once and for equally long. What is attended, surprising or rewarded is written with a higher rate, and that alone decides what is left at the end.',
  takeaway:
    'Being there is not enough. Attention opens the gate and neuromodulators set how deep the writing goes; turn the gains to zero and the difference is gone.',
  bridge:
    'A plain network uses one learning rate for everything. A brain sets it anew for every moment; some of the cures further on learn to do the same.',
  stillSummary:
    'Of a hundred events, each seen once, nearly all surprising and most rewarded ones are recalled, about a third of the neutral ones, and none from the stream that was not attended.',
  stillSource: 'Mean of 24 streams, seeds 1 to 24; the black line is one standard deviation up and down.',
  filter: 'How much of the second stream is kept out',
  filterShown: (percent) => percent,
  noradrenaline: 'Surprise counts (noradrenaline)',
  dopamine: 'Reward counts (dopamine)',
  gainShown: (gain) => `+${gain} ×`,
  peak: 'Most intense moment',
  end: 'Last moment',
  view: 'Show',
  views: { stream: 'A stream of events', episode: 'One episode, remembered' },
  seed: 'Seed',
  newSeed: 'Another',
  start: 'Let the events come',
  ask: 'Surprising events are seen as often and as long as neutral ones. How many of them will be recalled?',
  kinds: {
    neutral: 'neutral, attended',
    surprising: 'surprising, attended',
    rewarded: 'rewarded, attended',
    unattended: 'not attended',
  },
  advantage: 'Surprising minus neutral',
  lived: 'Mean intensity, as lived',
  remembered: 'Mean intensity, as remembered',
  peakAndEnd: 'Mean of peak and end',
  moment: 'moment',
  intensity: 'intensity',
  weight: 'share in memory',
  kind: 'kind of event',
  recalled: 'recalled',
  spread: '± standard deviation',
  summary: (neutral, surprising, rewarded, unattended) =>
    `Recalled: ${surprising} of the surprising events, ${rewarded} of the rewarded, ${neutral} of the neutral, ${unattended} of those not attended.`,
  episodeSummary: (lived, remembered) =>
    `The episode was lived with a mean intensity of ${lived} and is remembered with ${remembered}; the peak and the end weigh more than their share of the time.`,
  notes: [
    'Rate of each event = base × attention × (1 + dopamine gain × reward + noradrenaline gain × surprise), at most 1. The names stand for two gains; they are no claim about molecules.',
    'Strongly written events disturb their neutral neighbours, which share some connections: with the gains up, fewer neutral events survive than without.',
    'In experiments, people’s overall ratings follow the peak and the end (Kahneman et al. 1993, doi:10.1111/j.1467-9280.1993.tb00589.x). The model shows one way in which traces could do that.',
  ],
};
