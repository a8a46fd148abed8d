import { AwsClient } from 'aws4fetch';
import { createHash } from 'node:crypto';
import type { BlobStore } from './blob-store.ts';

export interface S3Options {
  /** `https://s3.eu-central-1.amazonaws.com`, or where another S3-compatible store listens. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Put in front of every name. */
  readonly prefix?: string;
  /** For one request. Default 60. */
  readonly seconds?: number;
  /** After a refusal that may pass (429, 5xx). Default 4. */
  readonly retries?: number;
}

/**
 * Content in an S3-compatible store (AWS, MinIO, Ceph, R2 …), addressed by path. Every request is signed with its content's SHA-256,
 * so the store refuses what was changed on the way, and what comes back is checked against its name.
 */
export function s3Blobs(options: S3Options): BlobStore {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey, prefix = '', seconds = 60, retries = 4 } = options;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries, initRetryMs: 100 });
  const base = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}/${prefix}`;

  const request = (method: string, sha256: string, body?: Uint8Array<ArrayBuffer>): Promise<Response> =>
    client.fetch(`${base}${sha256}`, {
      method,
      signal: AbortSignal.timeout(seconds * 1000),
      headers: { 'x-amz-content-sha256': body === undefined ? emptySha256 : sha256 },
      ...(body === undefined ? {} : { body }),
    });

  return {
    put: async (bytes) => {
      const sha256 = hashOf(bytes);
      const response = await request('PUT', sha256, new Uint8Array(bytes));
      if (!response.ok) throw await failure(response, 'stored');
      await response.body?.cancel();
      return sha256;
    },
    get: async (sha256) => {
      const response = await request('GET', sha256);
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      if (!response.ok) throw await failure(response, 'read');
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (hashOf(bytes) !== sha256) throw new Error(`the object store returned other content than ${sha256}`);
      return bytes;
    },
    remove: async (hashes) => {
      for (const sha256 of hashes) {
        const response = await request('DELETE', sha256);
        if (!response.ok && response.status !== 404) throw await failure(response, 'removed');
        await response.body?.cancel();
      }
    },
  };
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const emptySha256 = hashOf(new Uint8Array());

/** Says what the store says, which names no secret, without the object's address. */
async function failure(response: Response, what: string): Promise<Error> {
  const text = await response.text().catch(() => '');
  const code = /<Code>([A-Za-z0-9]{1,60})<\/Code>/.exec(text)?.[1];
  return new Error(
    `the object store answered ${response.status}${code === undefined ? '' : ` (${code})`}; nothing was ${what}`,
  );
}
