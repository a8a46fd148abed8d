import { expect, it } from 'vitest';
import { firstTask, jobsOf, schema } from './experiment.ts';
import recorded from './recorded.json' with { type: 'json' };

it('takes whatever a link holds, in range', () => {
  expect(schema.parse({ hidden: 5000, iterations: 'many', stream: 'rotated', other: 1 })).toEqual({
    stream: 'split',
    scenario: 'class',
    tasks: 5,
    hidden: 400,
    iterations: 200,
    interleaved: true,
    seed: 0,
  });
});

it('reads the first task from the matrix', () => {
  expect(firstTask([[0.1, 0.2]])).toEqual({ then: null, now: null });
  expect(
    firstTask([
      [0.1, 0.2],
      [0.9, 0],
      [0.3, 0.8],
    ]),
  ).toEqual({ then: 0.9, now: 0.3 });
});

it('was recorded with the settings that the scene begins with, and shows what it claims', () => {
  const jobs = jobsOf(schema.parse({}));
  expect(recorded.map(({ seed, spec }) => [seed, spec.model.hidden, spec.training.iterations])).toEqual(
    jobs.map(({ seed, request }) => [seed, request.hidden, request.iterations]),
  );
  const [sequential, interleaved] = recorded.map(({ matrix }) => firstTask(matrix));
  expect(sequential?.then).toBeGreaterThan(0.9);
  expect(sequential?.now).toBeLessThan(0.2);
  expect(interleaved?.now).toBeGreaterThan(0.85);
});
