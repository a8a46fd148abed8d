import { strategyNames } from '@engram/contracts';
import { buildSpec, SpecError } from '@engram/experiment';
import { specRequestOf } from '@engram/scene-kit/plain';
import { expect, it } from 'vitest';
import { dataOf, jobsOf, presets, scenarioOf, scenariosOf, schema, settingsOf, tasksOf } from './experiment.ts';
import { misfitOf } from './fits.ts';
import { offered } from './strategies.ts';

it('offers every strategy of the core', () => {
  expect([...offered].sort()).toEqual([...strategyNames].sort());
});

it('trains each combination once for each seed', () => {
  const state = schema.parse({ a: ['xdg', 'ewc'], b: ['ewc', 'xdg'], c: [], scenario: 'task', layers: 2, seeds: 2 });
  expect(jobsOf(state).map(({ id }) => id)).toEqual(['ewc+xdg 0', 'ewc+xdg 1', 'none 0', 'none 1']);
  expect(jobsOf(state)[0]?.request.hidden).toEqual([100, 100]);
});

it('divides ten digits evenly', () => {
  expect([2, 4, 9].map((tasks) => tasksOf({ preset: 'split-mnist', tasks }))).toEqual([2, 5, 10]);
  expect(tasksOf({ preset: 'permuted-mnist', tasks: 9 })).toBe(9);
});

it('refuses the pairs that the learner refuses, and no others', () => {
  const refused = (scenario: string, strategy: string): boolean => {
    try {
      buildSpec({ preset: 'split-mnist', scenario, strategy });
      return false;
    } catch (error) {
      if (error instanceof SpecError && error.code === 'impossible') return true;
      throw error;
    }
  };
  const pairs = offered.flatMap((one, i) => offered.slice(i).map((two) => (one === two ? [one] : [one, two])));
  const differ = (['task', 'domain', 'class'] as const).flatMap((scenario) =>
    pairs
      .filter((names) => (misfitOf(names, scenario) !== null) !== refused(scenario, names.join('+')))
      .map((names) => `${names.join('+')} ${scenario}`),
  );
  expect(differ).toEqual([]);
});

it('asks of each preset what it can do', () => {
  for (const preset of presets) {
    for (const scenario of scenariosOf[preset]) {
      const [job] = jobsOf(schema.parse({ preset, scenario, where: 'service' }));
      expect(() => buildSpec(specRequestOf(job ?? fail()))).not.toThrow();
    }
  }
  expect(scenarioOf({ preset: 'rotated-mnist', scenario: 'class' })).toBe('domain');
  expect(dataOf({ preset: 'split-mnist', data: 'full', where: 'here' })).toBe('subset');
});

const fail = (): never => {
  throw new Error('there is no job');
};

it('gives a setting of a strategy to the networks that have it', () => {
  const state = schema.parse({ set: ' strategies.ewc.lambda=5\n\noptimizer.learningRate=0.01 ' });
  expect(settingsOf(state, ['ewc', 'er'])).toEqual(['strategies.ewc.lambda=5', 'optimizer.learningRate=0.01']);
  expect(settingsOf(state, ['er'])).toEqual(['optimizer.learningRate=0.01']);
});

it('opens any link', () => {
  expect(schema.parse({ set: 'x'.repeat(5000), seeds: 99, a: ['nonsense'], preset: 7 })).toMatchObject({
    set: '',
    seeds: 5,
    a: [],
    preset: 'split-mnist',
  });
});
