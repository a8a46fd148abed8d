import { expect, it } from 'vitest';
import { parseBoard, withEntry } from './leaderboard.ts';
import type { Entry } from './leaderboard.ts';

const entry = (weightsHash: string, accuracy: number): Entry => ({
  parts: ['ewc'],
  hidden: 100,
  accuracy,
  multiplyAdds: 1,
  bytes: 1,
  weightsHash,
});

it('keeps the best first, and the same weights once', () => {
  const board = [entry('a', 0.5), entry('b', 0.9), entry('a', 0.5)].reduce<readonly Entry[]>(withEntry, []);
  expect(board.map(({ weightsHash }) => weightsHash)).toEqual(['b', 'a']);
  const many = Array.from({ length: 12 }, (_, i) => entry(String(i), i / 100)).reduce<readonly Entry[]>(withEntry, []);
  expect(many).toHaveLength(10);
  expect(many[0]?.weightsHash).toBe('11');
});

it('reads back what it wrote, and nothing else', () => {
  const board = [entry('a', 0.5)];
  expect(parseBoard(JSON.stringify(board))).toEqual(board);
  for (const text of [null, '', '{', '{}', '[1, null, {"parts": "ewc"}]']) expect(parseBoard(text)).toEqual([]);
});
