import { z } from 'zod';
import { Sha256, Timestamp } from './common.ts';

export const ArtifactView = z
  .object({
    name: z.string(),
    sha256: Sha256,
    bytes: z.int().nonnegative(),
    contentType: z.string(),
    createdAt: Timestamp,
    url: z.string().describe('where it can be fetched, relative to the service'),
  })
  .meta({ id: 'Artifact' });

export const ArtifactList = z.object({ items: z.array(ArtifactView) });

export type ArtifactView = z.infer<typeof ArtifactView>;
