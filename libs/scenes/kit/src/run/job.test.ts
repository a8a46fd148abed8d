import { expect, it } from 'vitest';
import { csvOf } from '../frame/export.ts';
import { commandOf, specRequestOf } from './job.ts';
import type { Job } from './job.ts';

const job: Job = {
  id: 'a',
  request: {
    preset: 'split-mnist',
    scenario: 'task',
    strategy: 'ewc',
    hidden: [100, 50],
    data: 'digits',
    set: ['strategies.ewc.lambda=1000'],
  },
  seed: 7,
  evaluate: 200,
};

it('says the command that repeats it', () => {
  expect(commandOf(job)).toBe(
    'npx engram run split-mnist --scenario task --strategy ewc --hidden 100,50 --data digits --set strategies.ewc.lambda=1000 --set evaluation.examples=200 --seed 7 --engine wasm',
  );
});

it('asks for the same specification as the command does', () => {
  expect(specRequestOf(job).set).toEqual(['strategies.ewc.lambda=1000', 'evaluation.examples=200']);
});

it('quotes what a shell would read', () => {
  const quoted = commandOf({ ...job, request: { ...job.request, set: ["data.path=it's here"] } });
  expect(quoted).toContain(`--set 'data.path=it'\\''s here'`);
});

it('writes numbers as CSV, and a formula as text', () => {
  expect(csvOf({ caption: '', columns: ['a', 'b,c'], rows: [['=1+1', '-3']] })).toBe(`a,"b,c"\n'=1+1,-3\n`);
});
