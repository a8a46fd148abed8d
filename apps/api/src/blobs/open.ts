import type { Config } from '../config.ts';
import type { Db } from '../database/database.ts';
import type { BlobStore } from './blob-store.ts';
import { databaseBlobs } from './database-blobs.ts';
import { indexedBlobs } from './indexed-blobs.ts';
import { s3Blobs } from './s3-blobs.ts';

/** Where content goes: into the database, or into the object store that is configured. */
export function openBlobs(config: Config, db: Db): BlobStore {
  const {
    ENGRAM_S3_ENDPOINT: endpoint,
    ENGRAM_S3_BUCKET: bucket,
    ENGRAM_S3_REGION: region,
    ENGRAM_S3_ACCESS_KEY_ID: accessKeyId,
    ENGRAM_S3_SECRET_ACCESS_KEY: secretAccessKey,
    ENGRAM_S3_PREFIX: prefix,
  } = config;
  if (endpoint === undefined || bucket === undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    return databaseBlobs(db);
  }
  return indexedBlobs(db, s3Blobs({ endpoint, bucket, region, accessKeyId, secretAccessKey, prefix }));
}
