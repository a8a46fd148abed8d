import { join } from 'node:path';

/** Where the text is; Next and vitest both run in the project's folder. */
export const contentFolder = join(process.cwd(), 'content');
