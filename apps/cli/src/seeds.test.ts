import { expect, it } from 'vitest';
import { parseSeeds, seedsOf } from './seeds.ts';

it('seeds are a count, a range or a list', () => {
  expect(parseSeeds('3')).toEqual([0, 1, 2]);
  expect(parseSeeds('2..4')).toEqual([2, 3, 4]);
  expect(parseSeeds('1,9,4,9')).toEqual([1, 9, 4]);
  expect(seedsOf({ seed: 7 }, [0])).toEqual([7]);
  expect(seedsOf({}, [0, 1])).toEqual([0, 1]);
});

it.each(['', '0', '-1', '4..2', '1..99999', 'a', '1,', '1.5'])('refuses %j', (text) => {
  expect(() => parseSeeds(text)).toThrow(/takes a count/);
});

it('refuses both flags at once', () => {
  expect(() => seedsOf({ seed: 1, seeds: '2' }, [])).toThrow(/not both/);
});
