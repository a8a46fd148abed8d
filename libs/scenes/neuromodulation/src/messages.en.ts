import type { SceneText } from '@engram/scene-kit/static';
import type { Protocol } from './experiment.ts';

export interface Text extends SceneText {
  readonly level: string;
  readonly directions: Readonly<Record<'weaker' | 'same' | 'stronger', string>>;
  readonly change: string;
  readonly curveTitle: string;
  readonly curveName: string;
  readonly curve: string;
  readonly here: string;
  readonly iterations: string;
  readonly seed: string;
  readonly newSeed: string;
  readonly ask: string;
  readonly protocol: string;
  readonly protocols: Readonly<Record<Protocol, string>>;
  readonly endTitle: string;
  readonly end: string;
  readonly matrix: string;
  readonly tested: string;
  readonly learned: string;
  readonly endOf: (protocol: string) => string;
  readonly changedBy: (protocol: string) => string;
  readonly summary: (published: string, honest: string, plain: string, all: number) => string;
}

export const en: Text = {
  title: 'A level instead of an error',
  question: 'How much is left when the test gives nothing away?',
  claim:
    'Ten digits, one after the other, learned without sending errors back: under the published protocol and under one in which the test tells nothing.',
  takeaway:
    'The rule keeps more than the usual training, which here keeps the last digit alone. How much more depends on whether the test is allowed to look at a whole batch of one digit.',
  bridge:
    'In a brain, dopamine and norepinephrine reach many synapses at once and set how, not what, they learn. The network borrows that and no more: a level, and a curve from weakening to strengthening.',
  stillSummary:
    'The curve: low levels weaken the weights in use, high levels strengthen them, the middle leaves them alone. The bars: nearly half of all digits with the published mask, three in ten with a mask for each picture alone, one in ten with the usual training. Under the published mask most digits are known entirely or not at all.',
  stillSource:
    'MNIST, one digit per task, 200 hidden units, 30 steps of 256 pictures for each digit, seed 1. A simplified port of the published rule without spikes; the curve is the rule’s own and no measurement of a synapse.',
  level: 'Level of the neuromodulator λ',
  directions: { weaker: 'weights in use get weaker', same: 'little changes', stronger: 'weights in use get stronger' },
  change: 'Change of a weight in use',
  curveTitle: 'From level to change (the rule’s curve)',
  curveName: 'weaker below 0, stronger above',
  curve: 'Change of a weight in use over the level: negative at low levels, zero at one half, positive at high levels.',
  here: 'your level',
  iterations: 'Steps for each digit',
  seed: 'Seed',
  newSeed: 'Another',
  ask: 'With the mask made from each picture alone, how much of all ten digits will it recognise at the end?',
  protocol: 'Protocol',
  protocols: {
    batch: 'as published: mask from the whole batch',
    row: 'honest: mask from each picture alone',
    plain: 'usual training, no neuromodulation',
  },
  endTitle: 'All ten digits, recognised at the end',
  end: 'Share of the test pictures of each digit that are recognised at the end.',
  matrix: 'Share of each digit’s test pictures that are recognised, in per cent, after each digit learned.',
  tested: 'recognises digit no.',
  learned: 'digits learned',
  endOf: (protocol) => `Recognised at the end, ${protocol}`,
  changedBy: (protocol) => `Weights changed by a digit, ${protocol}`,
  summary: (published, honest, plain, all) =>
    `At the end ${published} of all digits are recognised with the published mask, ${honest} with a mask from each picture alone, and ${plain} with the usual training. With the published mask ${all} of the ten digits are known entirely or not at all, since one mask answers for a whole batch of the same digit.`,
};
