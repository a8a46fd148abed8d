import type { SceneText } from '@engram/scene-kit/static';
import type { Cure, Pictures } from './experiment.ts';

export interface Text extends SceneText {
  readonly kinds: Readonly<Record<Pictures, string>>;
  readonly cures: Readonly<Record<Cure, string>>;
  readonly chosen: string;
  readonly trainedNow: string;
  readonly recordedClothes: string;
  readonly photographs: string;
  readonly missing: string;
  readonly iterations: string;
  readonly seed: string;
  readonly newSeed: string;
  readonly ask: string;
  readonly figure: string;
  readonly what: string;
  readonly cure: string;
  readonly accuracy: string;
  readonly onDigits: (cure: string) => string;
  readonly onClothes: (cure: string) => string;
  readonly summary: (cure: string, digits: string, clothes: string) => string;
}

export const en: Text = {
  title: 'Harder pictures',
  question: 'Does a cure found on digits hold for clothes and photographs?',
  claim: 'The same network and the same replay, on handwritten digits and on pictures of clothes.',
  takeaway:
    'The same replay that saves two thirds of the digits saves half of the clothes. A cure found on digits is a guess about everything else, and holding weights beside replay can add to it.',
  bridge:
    'Sleep seems to replay what higher areas made of the world, not what the eye received. For photographs that is the better thing to dream of, too.',
  stillSummary:
    'Without a cure hardly more than the last pair is left of either. Replay saves about two thirds of the digits, and half of the clothes. EWC beside it adds to both; SI, with the strength chosen here, changes nothing.',
  stillSource:
    'Five pairs of digits (MNIST) or of clothes (Fashion-MNIST), one after the other and not told which pair; one hidden layer of 100 units, 100 steps of 64 pictures for each pair, seed 1. EWC with λ = 100 and SI with c = 0.1 were not tuned, so that this does not rank the two; a few points mean nothing.',
  kinds: { digits: 'Handwritten digits', clothes: 'Clothes' },
  cures: {
    none: 'no cure',
    replay: 'generative replay',
    'replay-ewc': 'replay and EWC',
    'replay-si': 'replay and SI',
  },
  chosen: 'your cure',
  trainedNow: 'Handwritten digits, trained now',
  recordedClothes: 'Clothes, recorded with 100 steps and seed 1',
  photographs: 'Photographs: not measured yet',
  missing:
    'For photographs one replays what fixed early layers make of them. We have no such run of our own yet, so there is no bar here. The chapter tells what has been published.',
  iterations: 'Steps for each pair of digits',
  seed: 'Seed',
  newSeed: 'Another',
  ask: 'The same network learns five pairs of clothes with generative replay. How much of all ten kinds will it recognise at the end?',
  figure: 'Share of the test pictures of all five pairs that are recognised at the end, for each cure.',
  what: 'Pictures',
  cure: 'Cure',
  accuracy: 'Recognised at the end, all pairs',
  onDigits: (cure) => `Digits, ${cure}`,
  onClothes: (cure) => `Clothes (recorded), ${cure}`,
  summary: (cure, digits, clothes) =>
    `With ${cure}, ${digits} of the digits are recognised at the end of this run; in the recorded run on clothes it was ${clothes}.`,
};
