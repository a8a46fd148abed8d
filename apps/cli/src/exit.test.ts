import { expect, it } from 'vitest';
import { CliError, exitCodes, explain } from './exit.ts';

const named = (name: string, code: string): Error => Object.assign(new Error('words'), { name, code });

it.each([
  [new CliError(8, 'words'), 8],
  [named('DataError', 'network'), 6],
  [named('DataError', 'offline'), 3],
  [named('DataError', 'bad-stream'), 2],
  [named('SpecError', 'unknown-preset'), 3],
  [named('SpecError', 'invalid'), 2],
  [named('ResumeError', 'other-engine'), 8],
  [named('Error', 'ENOSPC'), 5],
  [named('Error', 'EACCES'), 2],
  [named('Error', 'ENOENT'), 3],
  [new Error('words'), 1],
])('gives %s its exit code', (error, code) => {
  const explained = explain(error);
  expect(explained.code).toBe(code);
  expect(explained.message).toContain('words');
  expect(Object.values(exitCodes)).toContain(code);
});
