import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalJson, ExperimentSpec, jsonSchema, schemaNames, strategyNames } from './index.ts';

const spec = {
  version: 'engram.experiment/1',
  data: { source: 'named', dataset: 'digits', size: 'full' },
  stream: { kind: 'split', tasks: 5, classOrder: 'seeded' },
  scenario: 'class',
  heads: 'multi',
  activeClasses: 'all',
  model: { kind: 'mlp', hidden: [10] },
  optimizer: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, resetPerTask: false },
  training: { iterations: 10, batchSize: 8 },
  evaluation: { examples: 'all' },
  strategies: [{ name: 'si', c: 1, damping: 0.1, gradient: 'data', negative: 'keep' }],
};

describe('the experiment specification', () => {
  it('takes a complete one unchanged', () => {
    expect(ExperimentSpec.parse(spec)).toEqual(spec);
  });

  it.each([
    ['no tasks', { stream: { ...spec.stream, tasks: 0 } }, 'stream.tasks', /at least one task/],
    ['1,001 tasks', { stream: { ...spec.stream, tasks: 1001 } }, 'stream.tasks', /at most 1,000/],
    ['an unknown strategy', { strategies: [{ name: 'magic' }] }, 'strategies.0.name', /Invalid/],
    ['a mistyped setting', { training: { iteration: 10, batchSize: 8 } }, 'training.iterations', /expected number/],
    ['an unknown member', { colour: 'red' }, '', /colour/],
    ['a learning rate of 0', { optimizer: { ...spec.optimizer, learningRate: 0 } }, 'optimizer.learningRate', />0/],
  ])('refuses %s and names the place', (_, change, path, message) => {
    const issues = ExperimentSpec.safeParse({ ...spec, ...change }).error?.issues ?? [];
    const found = issues.find((issue) => issue.path.join('.') === path);
    expect(found?.message).toMatch(message);
  });

  it('knows every strategy by name', () => {
    expect(strategyNames.join(' ')).toBe(
      'joint cumulative l2 ewc online-ewc si xdg er lwf agem der derpp dgr bir icarl generative-classifier slda ncm naca sleep separate-networks',
    );
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of members, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const shuffled = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(shuffled)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

it.each(schemaNames)('the committed JSON Schema of %s is current', (name) => {
  const file = new URL(`../schemas/${name}.schema.json`, import.meta.url);
  // made anew by: npm run schemas -w libs/contracts
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(jsonSchema(name))));
});
