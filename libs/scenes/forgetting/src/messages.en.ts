import type { SceneText } from '@engram/scene-kit/static';

export interface Text extends SceneText {
  readonly stream: string;
  readonly streams: { readonly split: string; readonly permuted: string };
  readonly scenario: string;
  readonly scenarios: { readonly class: string; readonly domain: string; readonly task: string };
  readonly tasks: string;
  readonly likenessTitle: string;
  readonly likenessAxis: string;
  readonly likenessHelp: string;
  readonly changeTitle: string;
  readonly changeAxis: string;
  readonly changeHelp: string;
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
  stillSource: 'Two hidden layers of 100 units, 200 steps for each pair of digits, seed 0.',
  stream: 'What the tasks are',
  streams: { split: 'Five pairs of digits', permuted: 'All digits, pixels in another order each time' },
  scenario: 'What is asked at the test',
  scenarios: {
    class: 'Which of all classes is it? (class)',
    domain: 'Which answer, whatever the task? (domain)',
    task: 'Which answer, with the task named? (task)',
  },
  tasks: 'How many tasks',
  likenessTitle: 'Does the network still see the first task in the same way?',
  likenessAxis: 'Likeness of the hidden layer (CKA)',
  likenessHelp:
    'The last hidden layer answers to pictures of the first task. 1: the same pattern as when the task had just been learned, up to rotation and scale; 0: nothing in common.',
  changeTitle: 'Which weights moved since the first task',
  changeAxis: 'Rows: units of layer 1. Columns: units of layer 2.',
  changeHelp:
    'In the maps each pixel is one weight between the hidden layers; the brighter, the further it moved after the first task. The changes reach all over the network; dark lines are units that stay silent.',
  hidden: 'Units in each of two hidden layers',
  iterations: 'Steps for each task',
  interleaved: 'Then show all tasks mixed, for as many steps',
  seed: 'Seed',
  newSeed: 'Another',
  ask: 'The network learns a first task, 0 and 1, then the others below. How much of the first will it still recognise at the end?',
  sequential: 'One task after the other',
  together: 'All tasks mixed',
  tested: 'recognises task',
  learned: 'tasks learned',
  firstThen: 'First task, just learned',
  firstNow: 'First task, at the end',
  firstTogether: 'First task, when all were mixed',
  after: (tasks) => (tasks === 0 ? 'before training' : `after ${tasks}`),
  summary: (then, now) => `Right after learning the first task, ${then} of it was recognised; at the end, ${now}.`,
};
