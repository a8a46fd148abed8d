import { ExportError, exportFormats, exportModel } from '@engram/export';
import { ServiceError } from '@engram/contracts/service';
import type { ServiceContext } from '@engram/contracts/service';
import { and, eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { z } from 'zod';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Database } from '../database/database.ts';
import { artifacts } from '../database/schema.ts';
import { runOf } from '../runs/rows.ts';
import { modelName } from '../worker/lease.ts';
import { callerWith } from './authorize.ts';

export interface ExportParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly contextOf: (request: FastifyRequest) => ServiceContext;
}

const Query = z.strictObject({
  format: z.enum(exportFormats).default('layers'),
  task: z.coerce.number().int().min(1).max(1000).optional(),
});

/** What is put together while others wait. */
const mostBytes = 64 << 20;

/** A run's trained model for other programs, as a zip archive with a model card. */
export function exportRoute(app: FastifyInstance, { database: { db }, blobs, contextOf }: ExportParts): void {
  app.get<{ Params: { id: string } }>('/v1/runs/:id/export', async (request, reply) => {
    const caller = callerWith(contextOf(request), 'artifacts:read');
    const query = Query.safeParse(request.query);
    if (!query.success) {
      throw new ServiceError('invalid', `format: expected ${exportFormats.join(' or ')}; task: a number from 1.`);
    }
    const { format, task } = query.data;
    const run = await runOf(db, caller, request.params.id);
    const [row] = await db
      .select()
      .from(artifacts)
      .where(and(eq(artifacts.run, run.key), eq(artifacts.name, modelName)));
    const file = row === undefined ? undefined : await blobs.get(row.sha256);
    if (file === undefined || run.record === null) {
      throw new ServiceError('not-found', `"${run.id}" has no trained model.`, {
        hint: 'A run has one once it has ended; of a sweep, each run has its own.',
      });
    }
    const files = exported(() =>
      exportModel(new Uint8Array(file), run.record as NonNullable<typeof run.record>, {
        format,
        task: task === undefined ? undefined : task - 1,
        mostBytes,
      }),
    );
    const zip = new ZipFile();
    for (const { path, content } of files) zip.addBuffer(Buffer.from(content as Uint8Array), path, { compress: false });
    zip.end();
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="${run.id}-${format}.zip"`)
      .send(new Readable().wrap(zip.outputStream));
  });
}

function exported<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    const code = error.code === 'unknown-task' ? 'not-found' : error.code === 'too-large' ? 'too-large' : 'internal';
    throw new ServiceError(code, error.message, { cause: error });
  }
}
