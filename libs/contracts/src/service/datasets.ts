import { z } from 'zod';
import { Cursor, Id, page, pageLimit, Sha256, Timestamp } from './common.ts';

export const DatasetView = z
  .object({
    id: Id.describe('a specification names it as {"source": "own", "path": "dataset:<id>"}'),
    name: z.string(),
    classNames: z.array(z.string()),
    shape: z.array(z.int()).describe('of one example'),
    trainExamples: z.int(),
    testExamples: z.int(),
    hash: Sha256.describe('of inputs and labels: equal data, equal hash'),
    bytes: z.int().describe('decoded'),
    createdAt: Timestamp,
  })
  .meta({ id: 'Dataset' });

export const ListDatasets = z.strictObject({ cursor: Cursor.optional(), limit: pageLimit });
export const DatasetPage = page(DatasetView);
export const OneDataset = z.strictObject({ id: Id });

/** The query of an upload; the files come as multipart/form-data. */
export const UploadDataset = z.strictObject({
  id: Id.describe('an id of your own, unique within the project'),
  name: z.string().trim().min(1).max(120).optional().describe('a name for people; default: the id'),
});

export type DatasetView = z.infer<typeof DatasetView>;
export type UploadDataset = z.infer<typeof UploadDataset>;
