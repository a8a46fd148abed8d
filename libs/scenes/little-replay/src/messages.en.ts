import type { SceneText } from '@engram/scene-kit/static';

type PerScenario = Readonly<Record<'class' | 'task', string>>;

export interface Text extends SceneText {
  readonly axis: string;
  readonly accuracy: string;
  readonly told: string;
  readonly scenarios: PerScenario;
  readonly both: string;
  readonly guessWhere: PerScenario;
  readonly guess: PerScenario;
  readonly guessBoth: string;
  readonly below: (amount: string) => string;
  readonly spread: string;
  readonly seeds: string;
  readonly figure: string;
  readonly seed: string;
  readonly newSeed: string;
  readonly ask: string;
  readonly metric: (scenario: string, amount: string) => string;
  readonly summary: (none: string, one: string, full: string | null) => string;
}

export const en: Text = {
  title: 'How little replay is enough?',
  question: 'How many dreams must go with every handful of new examples?',
  claim: 'Even one dreamed example beside the 128 real ones of every step keeps a good part of the past.',
  takeaway:
    'Between nothing and very little lies the largest step. One sample in every mini-batch is not one sample in all: over 400 steps it is 400 dreams.',
  bridge:
    'Replay in a sleeping brain comes in short bursts, not as a second day. The network shows that bursts may do: its past is held by a few reminders, as long as they never stop.',
  stillSummary:
    'With no replay at all and without being told the pair, the network ends near one in five: it knows the last pair only. One replayed sample per mini-batch lifts it far above that, and all the further amounts together add less than the first. When the pair is told, so little is lost in these short runs that replay makes hardly a difference.',
  stillSource:
    'Split MNIST in five pairs, one hidden layer of 100 units, 100 steps of 128 examples for each pair: a smaller network and fewer steps than in the published experiment. One seed, 1: a few points up or down mean nothing.',
  axis: 'Replayed samples per mini-batch',
  accuracy: 'Recognised at the end, all pairs',
  told: 'Is the network told which pair it sees?',
  scenarios: { class: 'not told (Class-IL)', task: 'told (Task-IL)' },
  both: 'run both',
  guessWhere: { class: 'Not told: where does it break?', task: 'Told: where does it break?' },
  guess: { class: 'guess, not told', task: 'guess, told' },
  guessBoth: 'both guesses',
  below: (amount) => (amount === '0' ? 'never' : `below ${amount}`),
  spread: 'Spread over seeds',
  seeds: 'Seeds',
  figure:
    'Share of the test pictures of all five pairs that are recognised at the end, for each number of replayed samples per mini-batch, with and without being told the pair.',
  seed: 'Seed',
  newSeed: 'Another',
  ask: 'One dreamed digit goes with every 128 real ones, and nobody tells the network which pair it sees. How much of all five pairs will it recognise at the end?',
  metric: (scenario, amount) => `${amount} per mini-batch, ${scenario}`,
  summary: (none, one, full) =>
    `Without being told the pair: ${none} with no replay, ${one} with one replayed sample per mini-batch${full === null ? '' : `, ${full} with 128`}.`,
};
