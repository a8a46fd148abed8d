import { inRange, oneOf, seed, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';

export const scenarios = ['permuted', 'class'] as const;
export const estimators = ['exact', 'empirical', 'batched'] as const;

/** How many springs are drawn, from the stiffest to the softest. */
export const springCount = 8;

/** What the reader can set. `stiffness` is log₁₀ λ; its lowest value stands for no springs at all. */
export const schema = stateOf({
  stiffness: inRange({ min: -1, max: 7, step: 0.5, initial: 1.5 }),
  scenario: oneOf(scenarios, 'permuted'),
  fisher: oneOf(estimators, 'exact'),
  spring: inRange({ min: 1, max: springCount, step: 1, initial: 1 }),
  seed: seed(1),
});
export type State = ReturnType<typeof schema.parse>;

/** λ; the left end of the slider is 0. */
export const lambdaOf = ({ stiffness }: Pick<State, 'stiffness'>): number =>
  stiffness <= -1 ? 0 : Number((10 ** stiffness).toPrecision(2));

const settings = {
  // ten digits in every task, each task with its own order of the pixels: the same ten answers
  permuted: { preset: 'permuted-mnist', scenario: 'domain', tasks: 5, learningRate: 0.003, set: ['stream.padTo=null'] },
  // two more digits with every task: ten answers that compete
  class: { preset: 'split-mnist', scenario: 'class', tasks: 5, learningRate: 0.001, set: [] },
} as const;

/** The same network twice, from the same weights: with plain training, and with a spring on every weight. */
export const jobsOf = (state: State): readonly Job[] => {
  const { set, ...setting } = settings[state.scenario];
  const common = { ...setting, iterations: 200, hidden: [100, 100], data: 'subset' } as const;
  const ewc = [
    `strategies.ewc.lambda=${lambdaOf(state)}`,
    `strategies.ewc.fisher.estimator=${state.fisher}`,
    'strategies.ewc.fisher.examples=500',
  ];
  return [
    {
      id: 'plain',
      request: { ...common, strategy: 'none', set },
      seed: state.seed,
      evaluate: 200,
      probes: [{ name: 'springs', options: { role: 'plain' } }],
    },
    {
      id: 'ewc',
      request: { ...common, strategy: 'ewc', set: [...set, ...ewc] },
      seed: state.seed,
      evaluate: 200,
      probes: [{ name: 'springs', options: { role: 'ewc' } }],
    },
  ];
};
