import { z } from 'zod';

/** Chosen by the client or issued by the service; unique within its project. */
export const Id = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    '1 to 64 letters, digits, dots, dashes or underscores, a letter or digit first',
  )
  .meta({ id: 'Id' });

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal');

export const Timestamp = z.iso.datetime().describe('UTC, ISO 8601');

export const Cursor = z.string().max(400).describe('`next` of the page before');

export const pageLimit = z.int().min(1).max(100).default(50).describe('rows per page');

export const page = <Row extends z.ZodType>(row: Row) =>
  z.object({ items: z.array(row), next: z.string().nullable().describe('cursor of the next page, null on the last') });

export const Done = z.object({ done: z.literal(true) });
