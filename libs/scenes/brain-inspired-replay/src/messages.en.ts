import type { SceneText } from '@engram/scene-kit/static';
import type { Part, View } from './experiment.ts';

type PerPart = Readonly<Record<Part, string>>;

export interface Text extends SceneText {
  readonly switches: string;
  readonly parts: PerPart;
  readonly help: PerPart;
  readonly internal: string;
  readonly internalWhy: string;
  readonly compare: string;
  readonly views: Readonly<Record<View, string>>;
  readonly tasks: string;
  readonly seed: string;
  readonly newSeed: string;
  readonly ask: string;
  readonly plain: string;
  readonly whole: string;
  readonly mine: string;
  readonly without: (part: string) => string;
  readonly only: (parts: readonly string[]) => string;
  readonly figure: string;
  readonly replay: string;
  readonly accuracy: string;
}

export const en: Text = {
  title: 'Replay, taken apart',
  question: 'Which of the borrowings from the brain does the work?',
  claim:
    'Each change to generative replay can be added alone, or taken out of the whole: the two ways tell different stories.',
  takeaway:
    'Alone, each part helps; in company, most are hardly missed, since another part already does what they did. What a part is worth depends on which others are there.',
  bridge:
    'Feedback, recall at will, gating by context: each switch was read off the brain. Whether the brain’s own replay works by them is a question that such an experiment hands back.',
  stillSummary:
    'Two groups of bars, each the accuracy on all five tasks at the end. Added to plain replay, every part helps, distillation most. Taken from the whole, only distillation is clearly missed; the other three can each be spared at this small scale.',
  stillSource:
    'Five permuted tasks, one hidden layer of 100 units, 100 steps of 64 examples each, one seed: 1. This is not the published experiment with a hundred tasks and 2,000 units, for which we have no run yet; differences of a few points mean nothing.',
  switches: 'Parts of brain-inspired replay',
  parts: {
    feedback: 'replay through feedback',
    conditional: 'conditional replay',
    gating: 'gating by internal context',
    distillation: 'distillation',
  },
  help: {
    feedback: 'The network is its own dreamer, run backwards.',
    conditional: 'Each class has a place in the code that dreams are drawn from.',
    gating: 'For each task, another 80 % of the dreaming units are closed. The recognising part needs no gates.',
    distillation: 'A dream is learned as “mostly three, a little eight”.',
  },
  internal: 'internal replay',
  internalWhy:
    'Not here: it replays what early layers of vision make of a picture, and a network for shuffled digits has none. It comes in the scene of harder pictures.',
  compare: 'What to compare',
  views: {
    mine: 'Plain replay, your choice and the whole',
    add: 'One part added to plain replay',
    leave: 'One part taken from the whole',
  },
  tasks: 'Tasks: shuffles of the pixels',
  seed: 'Seed',
  newSeed: 'Another',
  ask: 'With the parts that you switched on, how much of all tasks will be recognised at the end?',
  plain: 'Plain generative replay',
  whole: 'All four parts',
  mine: 'Your choice',
  without: (part) => `Without ${part}`,
  only: (names) => `With ${names.join(', ')}`,
  figure: 'Share of the test pictures of all tasks that are recognised at the end, for each set of parts.',
  replay: 'Replay',
  accuracy: 'Recognised at the end, all tasks',
};
