import { expect, it } from 'vitest';
import { createLinearMemory } from './linear-memory.ts';

const megabyte = 2 ** 20;
const memoryOf = (bytes: number, start = 0) => createLinearMemory({ buffer: new ArrayBuffer(bytes) }, start);

it('gives the same memory again, and never the same to two tensors', () => {
  const memory = memoryOf(megabyte, 100);
  const a = memory.take(10);
  const b = memory.take(10);
  expect(a.byteOffset).toBeGreaterThanOrEqual(100);
  expect(Math.abs(a.byteOffset - b.byteOffset)).toBeGreaterThanOrEqual(40);
  memory.giveBack(a);
  expect(memory.take(10).byteOffset).toBe(a.byteOffset);
});

it('joins what was given back when another size needs the room, and says so when there is none', () => {
  const memory = memoryOf(megabyte);
  const small = Array.from({ length: 16 }, () => memory.take(megabyte / 64));
  expect(() => memory.take(1)).toThrow(/memory of 1 MB is full/);
  for (const values of small) memory.giveBack(values);
  expect(memory.take(megabyte / 4).byteOffset).toBe(0);
});

it('takes in what lies elsewhere, and gives out copies', () => {
  const memory = memoryOf(megabyte);
  const inside = memory.admit(Float32Array.of(1, 2, 3));
  expect(memory.admit(inside)).toBe(inside);
  const outside = memory.expose(inside);
  memory.take(3).fill(9);
  expect([...outside]).toEqual([1, 2, 3]);
  expect(memory.expose(outside)).toBe(outside);
});
