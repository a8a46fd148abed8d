import { ServiceError } from '@engram/contracts/service';
import { and, eq } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Db } from '../database/database.ts';
import { datasets } from '../database/schema.ts';

const prefix = 'dataset:';

/** Lays out an uploaded data set on this machine, once, and gives the path that the loader reads. */
export async function dataFolder(db: Db, blobs: BlobStore, project: string, path: string): Promise<string> {
  const id = path.slice(prefix.length);
  const [row] = await db
    .select()
    .from(datasets)
    .where(and(eq(datasets.project, project), eq(datasets.id, id)));
  if (row === undefined) throw new ServiceError('not-found', `The data set "${id}" is not in this project any more.`);
  const content = createHash('sha256').update(JSON.stringify(row.files)).digest('hex').slice(0, 24);
  const folder = join(tmpdir(), `engram-data-${process.getuid?.() ?? 0}`, content);
  if ((await stat(folder).catch(() => undefined)) !== undefined) return folder;
  const building = `${folder}.${process.pid}.part`;
  for (const file of row.files) {
    const target = join(building, file.path);
    if (relative(building, target).startsWith('..')) throw new Error(`a stored path leaves its folder: ${file.path}`);
    const bytes = await blobs.get(file.sha256);
    if (bytes === undefined) throw new Error(`the content of ${file.path} is missing`);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await writeFile(target, bytes);
  }
  // another run may have been quicker
  await rename(building, folder).catch(() => rm(building, { recursive: true, force: true }));
  return folder;
}
