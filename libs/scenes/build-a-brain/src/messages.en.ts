import type { SceneText } from '@engram/scene-kit/static';
import type { Part } from './cost.ts';

export interface Text extends SceneText {
  readonly parts: string;
  readonly part: Readonly<Record<Part, string>>;
  readonly none: string;
  readonly stored: string;
  readonly hidden: string;
  readonly alone: string;
  readonly memory: string;
  readonly compute: string;
  readonly megabytes: (value: string) => string;
  readonly operations: (value: string) => string;
  readonly seed: string;
  readonly newSeed: string;
  readonly ask: string;
  readonly costs: (memory: string, compute: string, energy: string) => string;
  readonly within: string;
  readonly over: string;
  readonly brain: string;
  readonly bestAlone: string;
  readonly multiplyAdds: string;
  readonly bytes: string;
  readonly boardTitle: string;
  readonly boardHelp: string;
  readonly clear: string;
  readonly units: (count: string) => string;
  readonly columns: {
    readonly brain: string;
    readonly accuracy: string;
    readonly memory: string;
    readonly compute: string;
    readonly budget: string;
  };
  readonly summary: (brain: string, accuracy: string) => string;
}

export const en: Text = {
  title: 'Build your own brain',
  question: 'Which parts would you put together, if memory and energy were short?',
  claim:
    'No single cure is best at everything. Parts add up, and each has a price: in memory it keeps, and in arithmetic it does.',
  takeaway:
    'Combining parts beats each of them alone, and what is worth combining depends on what is scarce: replay costs arithmetic, springs cost memory, gates cost next to nothing but need to be told the task.',
  bridge:
    'A brain runs on about twenty watts and cannot keep its past as pictures. It protects some synapses, uses cells sparsely and replays in sleep: a combination under a budget.',
  stillSummary:
    'Ten tasks learned with springs and gates together, and with each alone. Together they keep more than either alone.',
  stillSource: 'Two hidden layers of 100 units, ten tasks of 200 steps, seed 1.',
  parts: 'Parts',
  part: {
    ewc: 'Springs (EWC)',
    si: 'Springs along the path (SI)',
    xdg: 'Gates (XdG)',
    er: 'Replay of stored pictures',
  },
  none: 'no parts',
  stored: 'Stored pictures of each digit and task',
  hidden: 'Units in each of two hidden layers',
  alone: 'Then train each part alone, to compare',
  memory: 'Memory budget',
  compute: 'Arithmetic budget',
  megabytes: (value) => `${value} MB`,
  operations: (value) => `${value} billion multiply-adds`,
  seed: 'Seed',
  newSeed: 'Another',
  ask: 'Your brain learns ten tasks one after the other. How many answers will it get right at the end, over all ten?',
  costs: (memory, compute, energy) =>
    `This brain keeps ${memory} and does ${compute}; the arithmetic alone is about ${energy} J at 4.6 pJ for a multiply-add (Horowitz 2014, doi:10.1109/ISSCC.2014.6757323).`,
  within: 'within the budget',
  over: 'over the budget',
  brain: 'Your brain, all ten tasks at the end',
  bestAlone: 'The best of its parts alone',
  multiplyAdds: 'Billion multiply-adds',
  bytes: 'Memory kept, in kilobytes',
  boardTitle: 'Your board',
  boardHelp: 'Brains you trained, best first. Kept in this browser only.',
  clear: 'Empty the board',
  units: (count) => `${count} units`,
  columns: { brain: 'brain', accuracy: 'right answers', memory: 'memory', compute: 'arithmetic', budget: 'budget' },
  summary: (brain, accuracy) => `The best within the budget: ${brain}, with ${accuracy} of all answers right.`,
};
