import type { SceneText } from '@engram/scene-kit/static';

export interface Text extends SceneText {
  readonly gated: string;
  readonly tasks: string;
  readonly springs: string;
  readonly seed: string;
  readonly newSeed: string;
  readonly paint: string;
  readonly paintHelp: string;
  readonly maskOf: (task: number) => string;
  readonly roll: string;
  readonly apart: string;
  readonly cell: { readonly open: string; readonly closed: string; readonly both: string; readonly unit: string };
  readonly painted: (both: string, expected: string) => string;
  readonly ask: string;
  readonly open: string;
  readonly gates: string;
  readonly openSprings: string;
  readonly gatesSprings: string;
  readonly axisTasks: string;
  readonly axisAccuracy: string;
  readonly unitsTitle: string;
  readonly unitsHelp: string;
  readonly updatesOpen: string;
  readonly updatesGated: string;
  readonly updatesHelp: string;
  readonly brightest: (share: string) => string;
  readonly task: string;
  readonly without: string;
  readonly with: string;
  readonly withheld: string;
  readonly overlap: string;
  readonly expected: string;
  readonly updatesShared: string;
  readonly updatesSharedGated: string;
  readonly who: string;
  readonly caption: string;
  readonly summary: (open: string, gated: string, withheld: string) => string;
}

export const en: Text = {
  title: 'A gate for every unit',
  question: 'What if every task used its own part of the network?',
  claim:
    'Context-dependent gating (XdG) opens a different random fifth of the units for each task, so tasks seldom change the same weights.',
  takeaway:
    'Sub-networks that hardly overlap hardly disturb each other, and springs keep each of them. The price: somebody has to tell the network which task it is in.',
  bridge:
    'In cortex, too, only some neurons answer in a given context. What tells a brain the context is a question of its own; brain-inspired replay gates by what the network itself expects, so nobody has to tell it.',
  stillSummary:
    'Twenty tasks, springs in both. Without gates the average over all tasks so far falls steeply; with 80 % of the units closed for each task it falls slowly.',
  stillSource: 'Two hidden layers of 100 units, 200 steps for each task, seed 1.',
  gated: 'Units closed for each task',
  tasks: 'Tasks to learn',
  springs: 'Springs (EWC) as well',
  seed: 'Seed',
  newSeed: 'Another',
  paint: 'Try it by hand: paint the gates of two tasks',
  paintHelp:
    'One square is one unit of the first hidden layer. Press or draw to open and close; or arrow keys and space. A dot marks units that both tasks use: there they disturb each other. Training uses the rolled gates.',
  maskOf: (task) => `Task ${task}`,
  roll: 'Back to the rolled gates',
  apart: 'Keep the two apart',
  cell: { open: 'open', closed: 'closed', both: 'open in both tasks', unit: 'Unit' },
  painted: (both, expected) =>
    `Open in both: ${both} of the units. With random gates it would be ${expected} on average.`,
  ask: 'Gates are trained with the task’s name. At the end we name the wrong task, so the wrong gates open. How many answers are still right?',
  open: 'No gates',
  gates: 'Gates (XdG)',
  openSprings: 'Springs, no gates (EWC)',
  gatesSprings: 'Springs and gates (EWC + XdG)',
  axisTasks: 'tasks learned',
  axisAccuracy: 'right answers, all tasks so far',
  unitsTitle: 'Units that two tasks share',
  unitsHelp: 'For each pair of tasks, the share of units open in both; brighter is more.',
  updatesOpen: 'Same weights changed, no gates',
  updatesGated: 'Same weights changed, with gates',
  updatesHelp:
    'For each pair of tasks, how far their changes fall on the same weights between the hidden layers: the brighter, the more.',
  brightest: (share) => `brightest: ${share}`,
  task: 'task',
  without: 'All tasks at the end, without gates',
  with: 'All tasks at the end, with gates',
  withheld: 'With gates, but the wrong task is named',
  overlap: 'Units open in both of two tasks, measured',
  expected: 'The same, expected: (1 − share closed)²',
  updatesShared: 'Changes on the same weights, without gates',
  updatesSharedGated: 'Changes on the same weights, with gates',
  who: 'Who tells the network which task it is? Here: we do, in training and at the test.',
  caption: 'Average accuracy over all tasks so far',
  summary: (open, gated, withheld) =>
    `At the end, ${open} of all answers are right without gates and ${gated} with them; when the wrong task is named, ${withheld}.`,
};
