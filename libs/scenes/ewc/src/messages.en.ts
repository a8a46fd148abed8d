import type { SceneText } from '@engram/scene-kit/static';

export interface Text extends SceneText {
  readonly stiffness: string;
  readonly stiffnessHelp: string;
  readonly noSprings: string;
  readonly scenario: string;
  readonly scenarios: { readonly permuted: string; readonly class: string };
  readonly fisher: string;
  readonly estimators: { readonly exact: string; readonly empirical: string; readonly batched: string };
  readonly whichSpring: string;
  readonly seed: string;
  readonly newSeed: string;
  readonly ask: string;
  readonly plain: string;
  readonly springs: string;
  readonly tested: string;
  readonly learned: string;
  readonly springsTitle: string;
  readonly springsHelp: string;
  readonly chosen: string;
  readonly stiffest: string;
  readonly top: (share: string) => string;
  readonly moved: string;
  readonly surfaceFirst: string;
  readonly surfaceLast: string;
  readonly surfaceHelp: string;
  readonly afterFirst: string;
  readonly endPlain: string;
  readonly endSprings: string;
  readonly low: string;
  readonly high: string;
  readonly keptPlain: string;
  readonly kept: string;
  readonly newestPlain: string;
  readonly newest: string;
  readonly movedMost: string;
  readonly movedLeast: string;
  readonly shrinkage: string;
  readonly force: string;
  readonly matrixSummary: string;
  readonly classWhy: string;
  readonly summary: (plain: string, springs: string, newest: string) => string;
  readonly after: (tasks: number) => string;
}

export const en: Text = {
  title: 'Springs on the weights',
  question: 'What if weights that matter were held in place?',
  claim:
    'Elastic weight consolidation puts a spring on every weight: stiff where the old task depends on it, soft where it does not.',
  takeaway:
    'Not every weight matters equally. Holding on to the few that an old task is sure about leaves the others free to learn; held too stiffly, nothing new gets in.',
  bridge:
    'Synapses that carry an old memory grow larger and persist for months, while others come and go. A spring on a weight is that idea in a formula: the surer a synapse, the less it changes.',
  stillSummary:
    'Five tasks were learned one after the other. Without springs the first task fell from nearly all right to less than half; with springs most of it stayed, and the newest task was learned almost as well.',
  stillSource: 'Two hidden layers of 100 units, 200 steps for each task, λ = 32, seed 1.',
  stiffness: 'Stiffness of all springs, λ',
  stiffnessHelp: 'Each step is about three times stiffer. At the left end there are no springs.',
  noSprings: '0: no springs',
  scenario: 'What is learned',
  scenarios: { permuted: 'Same ten digits, pixels in another order', class: 'Two more digits with every task' },
  fisher: 'How importance is measured',
  estimators: {
    exact: 'Exactly (Fisher information)',
    empirical: 'From the right answers only',
    batched: 'Wrongly: square of an average',
  },
  whichSpring: 'Spring to look at',
  seed: 'Seed',
  newSeed: 'Another',
  ask: 'Without springs the first task will fade. With the springs as set below, how much of the first of five tasks will the network still know at the end?',
  plain: 'Without springs',
  springs: 'With springs',
  tested: 'knows task',
  learned: 'tasks learned',
  springsTitle: 'Eight of the springs',
  springsHelp:
    'Each pin is where the old tasks want a weight to be. Hollow ring: the weight without springs. Full dot: the weight on its spring; the bar says how stiff it is.',
  chosen: 'chosen',
  stiffest: 'the most important of all',
  top: (share) => `more important than ${share}`,
  moved: 'distance from the pin',
  surfaceFirst: 'Loss of the first task',
  surfaceLast: 'Loss of the last task',
  surfaceHelp:
    'The plane through three sets of all weights. Bright: the task is solved. Plain training leaves the bright valley of the first task; springs keep to where both are bright.',
  afterFirst: 'after the first task',
  endPlain: 'end, without springs',
  endSprings: 'end, with springs',
  low: 'low loss',
  high: 'high loss',
  keptPlain: 'First task at the end, without springs',
  kept: 'First task at the end, with springs',
  newestPlain: 'Newest task, without springs',
  newest: 'Newest task, with springs',
  movedMost: 'How far the most important tenth of the weights moved',
  movedLeast: 'How far the least important tenth moved',
  shrinkage: 'How many times too small the wrong measure of importance is',
  force: 'Pull of the chosen spring, thousandths',
  matrixSummary: 'Share of pictures recognised, in percent, for each task after each task learned.',
  classWhy:
    'Here springs cannot help: no old digit is ever shown beside a new one, so nothing teaches the network to tell them apart. It answers with the newest digits, whatever the springs hold. This is a known result, not a wrong setting.',
  summary: (plain, springs, newest) =>
    `At the end, ${plain} of the first task is left without springs and ${springs} with them; the newest task reaches ${newest} with springs.`,
  after: (tasks) => (tasks === 0 ? 'before training' : `after ${tasks}`),
};
