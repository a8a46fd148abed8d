import type { SceneText } from '@engram/scene-kit/static';
import type { ExampleId, Structure, System } from './rules.ts';

export interface Text extends SceneText {
  readonly systems: Readonly<Record<System, string>>;
  readonly structures: Readonly<Record<Structure, string>>;
  readonly serves: Readonly<Record<Structure, string>>;
  readonly examples: Readonly<Record<ExampleId, string>>;
  readonly placeHelp: string;
  readonly check: string;
  readonly again: string;
  readonly right: string;
  readonly wrong: (system: string) => string;
  readonly lesionLabel: string;
  readonly noLesion: string;
  readonly expectHelp: (structure: string) => string;
  readonly reveal: string;
  readonly fails: string;
  readonly works: string;
  readonly placed: string;
  readonly placedRight: string;
  readonly failing: string;
  readonly predictedRight: string;
  readonly example: string;
  readonly system: string;
  readonly needs: string;
  readonly source: string;
  readonly neither: string;
  readonly brain: string;
  readonly brainHelp: string;
  readonly summary: (structure: string, count: number) => string;
  readonly notes: readonly string[];
}

export const en: Text = {
  title: 'A map of memory',
  question: 'Which kind of memory is it, and what does it need?',
  claim: 'Memory is a family. Its members use different parts of the brain, and can be lost one at a time.',
  takeaway:
    'Memory is not a storehouse but something that several parts of the brain do, each for a purpose of its own. Ask “which memory?” before you ask where it is.',
  bridge:
    'The networks in this article are nearest to non-declarative memory: slow, statistical, a little changed by every example. What they lack is something like a hippocampus.',
  stillSummary:
    'A brain seen from the left, drawn schematically. The prefrontal cortex in front serves working memory; the hippocampus, deep in the temporal lobe, new facts and events; the amygdala before it, learned fear; the cerebellum, behind and below, timing and adaptation of movement.',
  stillSource:
    'After the taxonomy of Squire 2004, doi:10.1016/j.nlm.2004.06.005; the source of every rule is in the table.',
  systems: { working: 'working', declarative: 'declarative', nonDeclarative: 'non-declarative' },
  structures: {
    hippocampus: 'hippocampus',
    cerebellum: 'cerebellum',
    amygdala: 'amygdala',
    prefrontal: 'prefrontal cortex',
  },
  serves: {
    hippocampus: 'new facts and events',
    cerebellum: 'timing and adaptation of movements',
    amygdala: 'learned fear',
    prefrontal: 'what is held in mind',
  },
  examples: {
    number: 'Saying a telephone number to yourself while you dial it',
    dinner: 'What you had for dinner yesterday',
    blink: 'Your eye closing at a tone that was always followed by a puff of air',
    sum: 'Adding 17 and 8 in your head',
    capital: 'That Paris is the capital of France, which you have known since school',
    dog: 'Starting at a barking dog, because one bit you',
    name: 'The name of someone you met an hour ago',
    prism: 'Reaching accurately again after some time with prism glasses that shift everything',
    sentence: 'Keeping the beginning of a sentence in mind until its end',
    habit: 'Reaching for the light switch where it was in your last flat',
    route: 'The way you took yesterday through a town new to you',
    word: 'What the word “volcano” means',
  },
  placeHelp: 'Put each example into a kind of memory.',
  check: 'Check',
  again: 'Start over',
  right: 'Right.',
  wrong: (system) => `It counts as ${system}.`,
  lesionLabel: 'Switch one structure off',
  noLesion: 'none',
  expectHelp: (structure) => `Without the ${structure}: mark what will no longer work.`,
  reveal: 'Show what fails',
  fails: 'no longer works',
  works: 'still works',
  placed: 'Placed',
  placedRight: 'Placed rightly',
  failing: 'Examples that fail',
  predictedRight: 'Predicted rightly',
  example: 'example',
  system: 'kind of memory',
  needs: 'needs',
  source: 'source (DOI)',
  neither: 'none of the four',
  brain: 'Brain, seen from the left, schematic',
  brainHelp: 'Choose a structure to switch it off; choose it again to switch it on.',
  summary: (structure, count) =>
    `Without the ${structure}, ${count} of the twelve examples ${count === 1 ? 'fails' : 'fail'}; the others still work.`,
  notes: [
    'A rule table, not a simulation: each example is tied to the one structure of these four that the cited work found it to need. Real lesions are seldom so neat, and losses seldom so complete.',
    'Well known facts and words are kept in neocortex and survive the loss of the hippocampus; habits need the striatum. That is why some examples fail with none of the four.',
    'Not medical advice. Forgetting a name or a dinner is part of a healthy memory.',
  ],
};
