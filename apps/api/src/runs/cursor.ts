import { ServiceError } from '@engram/contracts/service';
import { z } from 'zod';

const Position = z.tuple([z.number().or(z.string()), z.string()]);

/**
 * The place after a row, opaque to clients. `filter` names what the list was asked for, so that a cursor is not used
 * for another list.
 */
export const encodeCursor = (after: number | string, filter: string): string =>
  Buffer.from(JSON.stringify([after, filter])).toString('base64url');

export function decodeCursor(cursor: string | undefined, filter: string): number | string | undefined {
  if (cursor === undefined) return undefined;
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    read = undefined;
  }
  const position = Position.safeParse(read);
  if (!position.success || position.data[1] !== filter) {
    throw new ServiceError('invalid', 'cursor: this is not a cursor of this list with these filters.', {
      hint: 'Send `next` of the page before unchanged, with the same filters; or start without a cursor.',
    });
  }
  return position.data[0];
}
