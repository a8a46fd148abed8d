import { sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { Db } from '../database/database.ts';
import { blobs } from '../database/schema.ts';
import type { BlobStore } from './blob-store.ts';
import { databaseBlobs } from './database-blobs.ts';

/**
 * Content elsewhere, with a row in the database for each piece. The row is written first: cleaning up holds it while it removes the
 * content, so that what is stored again at that moment waits and is stored after. What the database held before stays readable.
 */
export function indexedBlobs(db: Db, elsewhere: BlobStore): BlobStore {
  const earlier = databaseBlobs(db);
  return {
    put: async (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await db
        .insert(blobs)
        .values({ sha256 })
        .onConflictDoUpdate({ target: blobs.sha256, set: { createdAt: sql`now()` } });
      return elsewhere.put(bytes);
    },
    get: async (sha256) => (await elsewhere.get(sha256)) ?? earlier.get(sha256),
    remove: (sha256) => elsewhere.remove(sha256),
  };
}
