import fc from 'fast-check';
import { expect, it } from 'vitest';
import { flag, inRange, oneOf, someOf, stateOf } from './fields.ts';
import { decodeLink, difference, encodeLink } from './link.ts';

const schema = stateOf({
  tasks: inRange({ min: 1, max: 10, step: 1, initial: 5 }),
  lambda: inRange({ min: 0, max: 6, step: 0.5, initial: 3 }),
  scenario: oneOf(['task', 'class'], 'class'),
  cures: someOf(['ewc', 'si', 'xdg'], ['ewc']),
  replay: flag(false),
});

it('is the initial state where nothing is given', () => {
  expect(schema.parse({})).toEqual({ tasks: 5, lambda: 3, scenario: 'class', cures: ['ewc'], replay: false });
});

it('pulls numbers into their range and onto their steps, and takes the default for what is no value', () => {
  expect(
    schema.parse({ tasks: 99.4, lambda: 2.3, scenario: 'other', cures: ['xdg', 'ewc', 'xdg'], replay: 1, x: 1 }),
  ).toEqual({
    tasks: 10,
    lambda: 2.5,
    scenario: 'class',
    cures: ['ewc', 'xdg'],
    replay: false,
  });
});

it('opens any link at all with a valid state', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const linked = decodeLink(encodeLink({ scene: value }))['scene'];
      const state = schema.parse(typeof linked === 'object' && linked !== null && !Array.isArray(linked) ? linked : {});
      expect(state.tasks).toBeGreaterThanOrEqual(1);
      expect(schema.parse(state)).toEqual(state);
    }),
  );
});

it('gives back what a link holds, Korean too, and nothing for a broken or foreign one', () => {
  const states = { forgetting: { note: '해마 ✓', seed: 3 } };
  expect(decodeLink(encodeLink(states))).toEqual(states);
  for (const broken of [null, '', '2.e30', '1.%%%', '1.bnVsbA']) expect(decodeLink(broken)).toEqual({});
});

it('keeps only what differs in a link', () => {
  expect(difference({ a: 1, b: [2] }, { a: 1, b: [3] })).toEqual({ b: [2] });
});
