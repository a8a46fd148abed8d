import { describe, expect, it } from 'vitest';
import { buildSpec, presets, strategyLabel } from './index.ts';

describe('building a specification', () => {
  it('takes values from the preset, a file, flags and --set, the later over the earlier', () => {
    const { spec, origins } = buildSpec({
      preset: 'split-mnist',
      scenario: 'task',
      strategy: 'ewc',
      iterations: 30,
      config: { training: { iterations: 10, batchSize: 16 }, strategies: [{ name: 'ewc', lambda: 7 }] },
      set: ['strategies.ewc.fisher.examples=50', 'strategies.0.fisher.batchSize=9', 'optimizer.resetPerTask=true'],
      sources: { config: 'my.json', iterations: '--iterations', set: '--set' },
    });
    expect(spec.training).toEqual({ iterations: 30, batchSize: 16 });
    expect(spec.strategies).toEqual([
      { name: 'ewc', lambda: 7, fisher: { estimator: 'exact', examples: 50, batchSize: 9 } },
    ]);
    expect(spec.optimizer.resetPerTask).toBe(true);
    const sourceOf = (path: string) => origins.find((origin) => origin.path === path)?.source;
    expect(sourceOf('training.iterations')).toBe('--iterations');
    expect(sourceOf('training.batchSize')).toBe('my.json');
    expect(sourceOf('model.hidden')).toMatch(/van de Ven/);
  });

  it('builds every preset in every scenario with every strategy that fits', () => {
    for (const { name, scenarios } of presets) {
      for (const scenario of scenarios) {
        for (const strategy of ['none', 'joint', 'l2', 'ewc', 'online-ewc', 'si', 'er', 'ewc+si+er']) {
          expect(strategyLabel(buildSpec({ preset: name, scenario, strategy }).spec)).toBe(strategy);
        }
      }
    }
  });

  it('warns of a strategy that is known to fail in a scenario', () => {
    expect(buildSpec({ preset: 'split-mnist', scenario: 'class', strategy: 'ewc' }).warnings[0]).toMatch(
      /known result/,
    );
    expect(buildSpec({ preset: 'split-mnist', scenario: 'class', strategy: 'ewc+er' }).warnings).toEqual([]);
  });

  it.each([
    [{ preset: 'split-mnits' }, 'unknown-preset', /Did you mean "split-mnist"/],
    [{ strategy: 'ewx' }, 'unknown-strategy', /Did you mean "ewc"/],
    [{ scenario: 'clas' }, 'unknown-scenario', /Did you mean "class"/],
    [{ scenario: 'class', strategy: 'xdg' }, 'impossible', /xdg must be told the task/],
    [{ strategy: 'joint+ewc' }, 'impossible', /replaces the whole way of training/],
    [{ tasks: 0 }, 'invalid', /stream.tasks: at least one task is needed, got 0/],
    [{ set: ['training.batchsize=3'] }, 'unknown-setting', /training has no "batchsize".*Did you mean "batchSize"/],
    [{ set: ['training=3=4', 'nonsense'] }, 'unknown-setting', /path=value/],
    [{ set: ['optimizer.learningRate="fast"'] }, 'invalid', /optimizer.learningRate: .*got "fast"/],
    [{ config: { colour: 'red' } }, 'invalid', /colour/],
    [{ config: [1] }, 'invalid', /a JSON object/],
    [{ scenario: 'class', set: ['taskInput=true'] }, 'impossible', /nobody knows it/],
    [{ scenario: 'task', set: ['boundaries={"kind":"random"}'] }, 'impossible', /the task scenario needs that/],
    [{ strategy: 'icarl', set: ['boundaries={"kind":"random"}'] }, 'impossible', /icarl needs that/],
    [{ scenario: 'domain', strategy: 'icarl' }, 'impossible', /every task has the same/],
  ] as const)('refuses %j', (request, code, message) => {
    const build = () => buildSpec({ preset: 'split-mnist', ...request });
    expect(build).toThrow(message);
    expect(build).toThrow(expect.objectContaining({ code }));
  });
});
