import fastifyMultipart from '@fastify/multipart';
import { ServiceError, UploadDataset } from '@engram/contracts/service';
import type { DatasetView, ServiceContext } from '@engram/contracts/service';
import { eq, sql } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Config } from '../config.ts';
import type { Database, Db } from '../database/database.ts';
import { isDuplicate } from '../database/errors.ts';
import { audit, datasets } from '../database/schema.ts';
import { viewOf } from '../uploads/datasets.ts';
import type { CheckedDataset } from '../uploads/check.ts';
import { badUpload } from '../uploads/limits.ts';
import type { UploadLimits } from '../uploads/limits.ts';
import type { IncomingFile } from '../uploads/receive.ts';
import { takeUpload } from '../uploads/upload.ts';
import { callerWith } from './authorize.ts';

export interface UploadParts {
  readonly config: Config;
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly contextOf: (request: FastifyRequest) => ServiceContext;
}

/** Uploads at the same time in one process; each may need several times the size of its data set. */
const mostAtOnce = 2;
const patienceMilliseconds = 600_000;

/** Takes in a data set of one's own: multipart/form-data with its files, `id` and `name` in the query. */
export async function uploadRoute(app: FastifyInstance, parts: UploadParts): Promise<void> {
  const { config, database, blobs, contextOf } = parts;
  const limits: UploadLimits = {
    bytes: config.ENGRAM_UPLOAD_BYTES,
    expandedBytes: config.ENGRAM_DATASET_BYTES,
    entries: 200_000,
    seconds: 300,
  };
  // our own count is told in our own words, so the parser's is one further
  await app.register(fastifyMultipart, { limits: { files: 4, fields: 0, parts: 8, fileSize: limits.bytes + 1 } });
  let active = 0;
  app.post('/v1/datasets', async (request, reply) => {
    const context = contextOf(request);
    const { project, token } = callerWith(context, 'datasets:write');
    const query = UploadDataset.safeParse(request.query);
    if (!query.success) {
      throw badUpload(
        `The query of an upload needs id, and may have name: ${query.error.issues[0]?.message ?? ''}.`,
        'For example: POST /v1/datasets?id=pets',
      );
    }
    if (!request.isMultipart()) {
      throw new ServiceError('unsupported', 'A data set is sent as multipart/form-data.', {
        hint: 'For example: curl -F file=@pets.zip …/v1/datasets?id=pets',
      });
    }
    const { id, name = id } = query.data;
    await requireRoom(database.db, project, id, config);
    if (active >= mostAtOnce) {
      throw new ServiceError('limit', `${mostAtOnce} uploads are under way; no more are taken at the same time.`, {
        limit: 'uploads',
        retryAfter: 10,
      });
    }
    active++;
    const gone = new AbortController();
    request.raw.on('close', () => {
      if (!request.raw.complete) gone.abort();
    });
    try {
      const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(patienceMilliseconds)]);
      const checked = await takeUpload(filesOf(request), blobs, limits, signal);
      const view = await keep(database.db, { id, name, project, token, requestId: context.requestId }, checked);
      return await reply.status(201).send(view);
    } finally {
      active--;
    }
  });
}

async function* filesOf(request: FastifyRequest): AsyncGenerator<IncomingFile> {
  try {
    for await (const { filename, file } of request.files()) yield { filename, stream: file };
  } catch (error) {
    if (error instanceof ServiceError || (error instanceof Error && 'statusCode' in error)) throw error;
    throw badUpload(
      `The upload ended before it was complete, or is no multipart/form-data: ${error instanceof Error ? error.message : ''}.`,
      'Send it again.',
      error,
    );
  }
}

/** Before the bytes come: an id that is free, and room for them. */
async function requireRoom(db: Db, project: string, id: string, config: Config): Promise<void> {
  const owned = await db
    .select({ id: datasets.id, bytes: datasets.bytes })
    .from(datasets)
    .where(eq(datasets.project, project));
  if (owned.some((other) => other.id === id)) throw taken(id);
  const used = owned.reduce((sum, { bytes }) => sum + bytes, 0);
  if (used >= config.ENGRAM_PROJECT_BYTES) {
    throw new ServiceError(
      'limit',
      `The data sets of this project use ${used} of ${config.ENGRAM_PROJECT_BYTES} bytes.`,
      {
        limit: 'storage',
        hint: 'Delete data sets that are not needed any more.',
      },
    );
  }
}

const taken = (id: string): ServiceError =>
  new ServiceError('conflict', `There is already a data set "${id}" in this project.`, { hint: 'Choose another id.' });

interface Place {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly token: string;
  readonly requestId: string;
}

async function keep(
  db: Db,
  { id, name, project, token, requestId }: Place,
  checked: CheckedDataset,
): Promise<DatasetView> {
  const { parts, classNames, shape, trainExamples, testExamples, hash } = checked;
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  try {
    return await db.transaction(async (tx) => {
      const [row] = await tx
        .insert(datasets)
        .values({
          id,
          project,
          name,
          files: parts,
          bytes,
          hash,
          classNames,
          shape: [...shape],
          trainExamples,
          testExamples,
        })
        .returning();
      if (row === undefined) throw new Error('an inserted row did not come back');
      await tx.insert(audit).values({
        project,
        token,
        action: 'dataset.create',
        subject: id,
        before: sql`null`,
        after: { hash, bytes },
        requestId,
      });
      return viewOf(row);
    });
  } catch (error) {
    throw isDuplicate(error) ? taken(id) : error;
  }
}
