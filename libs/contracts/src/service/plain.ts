import { ServiceError } from './errors.ts';

const deepest = 64;

/**
 * Refuses what no schema here asks for and what storage or recursion could not bear: values nested deeper than 64
 * levels, NUL characters, and halves of surrogate pairs.
 */
export function requirePlain(input: unknown): void {
  let level = [input];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw new ServiceError('invalid', `The input is nested deeper than ${deepest} levels.`);
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'string') requireText(value);
      if (value === null || typeof value !== 'object') continue;
      for (const [name, member] of Object.entries(value)) {
        requireText(name);
        below.push(member);
      }
    }
    level = below;
  }
}

function requireText(text: string): void {
  if (!text.includes('\0') && isWellFormed(text)) return;
  throw new ServiceError('invalid', 'The input holds text that is not valid Unicode, or a NUL character.');
}

/** Every half of a surrogate pair has its other half. */
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
