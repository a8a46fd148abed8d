import { expect, it } from 'vitest';
import { dreamed, storedExamples } from './dreaming.ts';
import { jobsOf, pastOf, schema } from './experiment.ts';
import recorded from './recorded.json' with { type: 'json' };
import seen from './seen.json' with { type: 'json' };

it('dreams only while it replays', () => {
  const strategies = (state: object) => jobsOf(schema.parse(state)).map(({ request }) => request.strategy);
  expect(strategies({})).toEqual(['joint', 'bir', 'none']);
  expect(strategies({ replay: false })).toEqual(['none']);
});

it('gives the dreamer the room and the places that were chosen', () => {
  const [, dreamer] = jobsOf(schema.parse({ room: '50', dreamer: 'none' }));
  expect(dreamer?.request.set).toContain('strategies.bir.latent=50');
  expect(dreamer?.request.set).toContain('strategies.bir.conditional=false');
});

it('counts what two networks take the dreams of a digit for, and keeps the first of them as pictures', () => {
  const batch = {
    pixels: Float32Array.of(0, 1, 0.5, 0.2, 1, 1),
    size: 2,
    names: Int32Array.of(7, 7, 1),
    verdicts: Int32Array.of(7, 1, 7),
  };
  expect(dreamed(7, [0, 1, 2], batch, 2)).toEqual({
    digit: 7,
    pictures: Uint8Array.of(0, 255, 128, 51),
    asked: 3,
    named: 2 / 3,
    judged: 2 / 3,
  });
  expect(dreamed(7, [], batch, 2)).toMatchObject({ asked: 0, named: 0, judged: 0 });
});

it('finds stored examples wherever a strategy keeps them', () => {
  const example = { input: new Uint8Array(4), scale: 1, label: 0, task: 0 };
  expect(storedExamples({ items: [example, example], deep: { more: [example] }, weights: new Float32Array(9) })).toBe(
    3,
  );
  expect(storedExamples({ previous: null, classes: [[0, 1]] })).toBe(0);
});

it('takes the mean over the tasks before the last', () => {
  expect(
    pastOf([
      [0, 0, 0],
      [0.9, 0, 0],
      [0.9, 0.9, 0],
    ]),
  ).toBeNull();
  expect(pastOf([[], [], [], [0.4, 0.6, 1]])).toBeCloseTo(0.5, 12);
});

it('was recorded with dreams that can be read, nothing stored, and most of the past kept', () => {
  const [, dreaming, plain] = recorded.map(({ matrix }) => pastOf(matrix) ?? NaN);
  expect(dreaming).toBeGreaterThan((plain ?? NaN) + 0.3);
  const three = seen.dreams.find(({ digit }) => digit === 3);
  expect(three?.judged).toBeGreaterThanOrEqual(0.6);
  expect(three?.named).toBeGreaterThanOrEqual(0.6);
  expect(seen.stored).toBe(0);
  expect(seen.dreams.map(({ digit }) => digit)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
