import { createHash, randomBytes } from 'node:crypto';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Short, lower-case, and not guessed from others. */
export const shortId = (length = 10): string =>
  Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join('');

/** What is shown of a token afterwards. */
export const tokenPrefix = (id: string): string => `engram_${id}`;

/** A new secret: 256 random bits behind a prefix that tells people and scanners what it is. */
export const newSecret = (id: string): string => `${tokenPrefix(id)}_${randomBytes(32).toString('base64url')}`;

/** Secrets are as long as keys, so one round of SHA-256 protects them as a slow hash protects passwords. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
