import { inRange, oneOf, seed, someOf, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';

/** Replayed samples per mini-batch. */
export const amounts = ['0', '1', '2', '5', '10', '128'] as const;
export type Amount = (typeof amounts)[number];

/** Whether a tested network is told which pair of digits it sees. */
export const scenarios = ['class', 'task'] as const;
export type Scenario = (typeof scenarios)[number];

const lastAmount = amounts.length - 1;
const guess = (initial: number) => inRange({ min: 0, max: lastAmount, step: 1, initial });

/** What the reader can set. The two guesses are positions in `amounts`. */
export const schema = stateOf({
  amounts: someOf(amounts, amounts),
  told: oneOf([...scenarios, 'both'], 'both'),
  guessClass: guess(3),
  guessTask: guess(2),
  seed: seed(1),
});
export type State = ReturnType<typeof schema.parse>;

const seedsOfStill = [1] as const;

const job = (scenario: Scenario, amount: Amount, seed: number): Job => ({
  id: jobId(scenario, amount, seed),
  request: {
    preset: 'split-mnist',
    scenario,
    // generative replay of nothing is plain training
    strategy: amount === '0' ? 'none' : 'dgr',
    iterations: 100,
    batch: 128,
    hidden: [100],
    learningRate: 0.003,
    data: 'subset',
    set: amount === '0' ? [] : [`strategies.dgr.batchSize=${amount}`, 'strategies.dgr.latent=20'],
  },
  seed,
  evaluate: 200,
});

export const jobId = (scenario: Scenario, amount: Amount, seed: number): string => `${scenario}-${amount}-${seed}`;

/** A run for each scenario and amount, the two ends of the scale first, so that a reader soon sees what lies between. */
export const jobsOf = (state: State): readonly Job[] =>
  scenarios
    .filter((scenario) => state.told === 'both' || state.told === scenario)
    .flatMap((scenario) =>
      [...state.amounts]
        .sort((a, b) => Number(isEnd(b)) - Number(isEnd(a)))
        .map((amount) => job(scenario, amount, state.seed)),
    );

const isEnd = (amount: Amount): boolean => amount === amounts[0] || amount === amounts[lastAmount];

/** What the still figure is recorded from. */
export const stillJobs = (): readonly Job[] =>
  seedsOfStill.flatMap((seed) => jobsOf({ ...schema.parse({}), told: 'both', seed }));

/** A run that has ended, wherever it ran. */
export interface Ended {
  readonly scenario: Scenario;
  readonly amount: Amount;
  readonly matrix: readonly (readonly number[])[];
}

export interface Kept {
  readonly scenario: Scenario;
  readonly amount: Amount;
  /** Mean over all tasks after the last, averaged over seeds. */
  readonly mean: number;
  /** Standard deviation over seeds; 0 for one. */
  readonly spread: number;
  readonly seeds: number;
}

/** What was kept with each amount in each scenario, in the order of `scenarios` and `amounts`. */
export const keptBy = (runs: readonly Ended[]): readonly Kept[] =>
  scenarios.flatMap((scenario) =>
    amounts.flatMap((amount) => {
      const ends = runs
        .filter((run) => run.scenario === scenario && run.amount === amount)
        .map(({ matrix }) => average(matrix.at(-1) ?? []));
      if (ends.length === 0) return [];
      const mean = average(ends);
      const spread = Math.sqrt(ends.reduce((sum, end) => sum + (end - mean) ** 2, 0) / Math.max(1, ends.length - 1));
      return [{ scenario, amount, mean, spread, seeds: ends.length }];
    }),
  );

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
