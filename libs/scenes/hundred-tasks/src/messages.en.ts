import type { SceneText } from '@engram/scene-kit/static';
import type { Method } from './experiment.ts';

export interface Text extends SceneText {
  readonly tasks: string;
  readonly tasksHelp: (steps: string) => string;
  readonly methods: string;
  readonly method: Readonly<Record<Method, string>>;
  readonly guess: string;
  readonly noGuess: string;
  readonly guessHelp: string;
  readonly guessed: string;
  readonly seed: string;
  readonly newSeed: string;
  readonly ask: string;
  readonly axisTasks: string;
  readonly axisAccuracy: string;
  readonly chance: string;
  readonly onlyTheLast: string;
  readonly crossover: string;
  readonly final: (method: string) => string;
  readonly summary: (tasks: string, results: string) => string;
  readonly caption: string;
}

export const en: Text = {
  title: 'Ten tasks, a hundred tasks',
  question: 'Does a cure for ten tasks still work after a hundred?',
  claim:
    'Springs alone fade as tasks pile up: soon every weight is held. Giving each task its own part of the network, and holding on to that part, lasts longer.',
  takeaway:
    'A method that shines on ten tasks can fail on a hundred. Springs and gates together outlast either alone, since gates decide where a task is learned and springs keep it there.',
  bridge:
    'A brain meets thousands of tasks, and no single trick carries it: it keeps some synapses, uses different cells for different contexts, and replays. Here too, combinations last.',
  stillSummary:
    'Average accuracy on all tasks so far, from one to a hundred. Plain training falls fastest. Springs (EWC) hold about ten tasks and then fall as low; gates fall slowly; springs and gates together stay highest.',
  stillSource:
    'A hundred tasks on the command line with the network that trains here: two hidden layers of 100 units, 200 steps for each task, seed 1. Masse et al. 2018 used 2 × 2,000 units.',
  tasks: 'Tasks to learn',
  tasksHelp: (steps) => `${steps} training steps in all. You can stop at any time and keep what is there.`,
  methods: 'Methods to compare',
  method: {
    none: 'None',
    ewc: 'Springs (EWC)',
    si: 'Springs along the path (SI)',
    xdg: 'Gates (XdG)',
    'ewc+xdg': 'Springs and gates (EWC + XdG)',
  },
  guess: 'Your guess: after how many tasks have gates overtaken springs?',
  noGuess: 'no guess yet',
  guessHelp: 'It is drawn into the figure. Tick both, and train at least 40 tasks, to see it.',
  guessed: 'your guess',
  seed: 'Seed',
  newSeed: 'Another',
  ask: 'After learning as many tasks as set below, one after the other, how many answers will the network with springs alone get right, over all of them?',
  axisTasks: 'tasks learned',
  axisAccuracy: 'right answers, all tasks so far',
  chance: 'Guessing',
  onlyTheLast: 'If only the last task were kept',
  crossover: 'Gates overtake springs after (tasks)',
  final: (method) => `At the end: ${method}`,
  summary: (tasks, results) => `After ${tasks} tasks: ${results}.`,
  caption: 'Average accuracy over all tasks so far',
};
