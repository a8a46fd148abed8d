import { ServiceError } from '@engram/contracts/service';
import type { Caller } from '@engram/contracts/service';
import { and, eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Database } from '../database/database.ts';
import { artifacts } from '../database/schema.ts';
import { runOf } from '../runs/rows.ts';
import { callerWith } from './authorize.ts';

export interface ArtifactParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly callerOf: (request: FastifyRequest) => Caller | null;
}

/** The content of what a run has left behind. */
export function artifactRoute(app: FastifyInstance, { database: { db }, blobs, callerOf }: ArtifactParts): void {
  app.get<{ Params: { id: string; name: string } }>('/v1/runs/:id/artifacts/:name', async (request, reply) => {
    const caller = callerWith({ caller: callerOf(request) }, 'artifacts:read');
    const run = await runOf(db, caller, request.params.id);
    const [row] = await db
      .select()
      .from(artifacts)
      .where(and(eq(artifacts.run, run.key), eq(artifacts.name, request.params.name)));
    const bytes = row === undefined ? undefined : await blobs.get(row.sha256);
    if (row === undefined || bytes === undefined) {
      throw new ServiceError('not-found', `"${run.id}" has no artifact of that name.`, {
        hint: `GET /v1/runs/${run.id}/artifacts lists them.`,
      });
    }
    return reply
      .type(row.contentType)
      .header('etag', `"${row.sha256}"`)
      .header('content-disposition', `attachment; filename="${run.id}-${row.name}"`)
      .send(Buffer.from(bytes));
  });
}
