import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { s3Blobs } from './s3-blobs.ts';
import type { S3Options } from './s3-blobs.ts';

const account = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** The signature of a request as AWS defines it (Signature Version 4), computed here from the definition. */
function signatureOf(request: IncomingMessage, scope: string, signed: string): string {
  const [day = '', region = '', service = ''] = scope.split('/');
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [
    request.method,
    request.url,
    '',
    headers.join(''),
    signed,
    request.headers['x-amz-content-sha256'],
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [region, service, 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${account.secretAccessKey}`, day));
  return hmac(key, text).toString('hex');
}

const objects = new Map<string, Buffer>();
let failures = 0;
let corrupt = false;

/** An S3-compatible store that takes nothing for granted. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<ServerResponse> {
  const body = await buffer(request);
  const refuse = (status: number, code: string): ServerResponse =>
    response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
  if (failures-- > 0) return refuse(503, 'SlowDown');
  const authorization =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  const [, id, scope = '', signed = '', signature] = authorization ?? [];
  if (id !== account.accessKeyId) return refuse(403, 'InvalidAccessKeyId');
  for (const name of ['host', 'x-amz-content-sha256', 'x-amz-date'])
    if (!signed.split(';').includes(name)) return refuse(403, 'HeaderNotSigned');
  if (signatureOf(request, scope, signed) !== signature) return refuse(403, 'SignatureDoesNotMatch');
  if (sha256(body) !== request.headers['x-amz-content-sha256']) return refuse(400, 'XAmzContentSHA256Mismatch');
  const path = request.url ?? '';
  switch (request.method) {
    case 'PUT':
      objects.set(path, body);
      return response.end();
    case 'DELETE':
      objects.delete(path);
      return response.writeHead(204).end();
    default: {
      const found = objects.get(path);
      if (found === undefined) return refuse(404, 'NoSuchKey');
      return response.end(corrupt ? Buffer.concat([found, Buffer.from('x')]) : found);
    }
  }
}

const server = createServer((request, response) => void answer(request, response));
let options: S3Options;
beforeEach(async () => {
  objects.clear();
  [failures, corrupt] = [0, false];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  options = {
    ...account,
    endpoint: `http://127.0.0.1:${port}/`,
    bucket: 'models',
    region: 'eu-central-1',
    prefix: 'a b/',
  };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const content = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);

it('stores, reads and removes content by its SHA-256, once', async () => {
  const store = s3Blobs(options);
  const name = await store.put(content);
  expect(name).toBe(sha256(content));
  await store.put(content);
  expect([...objects.keys()]).toEqual([`/models/a%20b/${name}`]);
  expect(await store.get(name)).toEqual(content);
  // a view into a larger buffer, and nothing at all
  expect(await store.get(await store.put(content.subarray(7, 9)))).toEqual(content.slice(7, 9));
  expect(await store.get(await store.put(new Uint8Array()))).toEqual(new Uint8Array());
  await store.remove([name, sha256('never stored')]);
  expect(await store.get(name)).toBeUndefined();
});

it('tries again where the store is busy, and gives up with its words', async () => {
  const store = s3Blobs({ ...options, retries: 2 });
  failures = 2;
  expect(await store.get(await store.put(content))).toEqual(content);
  failures = 99;
  await expect(store.put(content)).rejects.toThrow('the object store answered 503 (SlowDown); nothing was stored');
});

it('is refused with another key, and says so without naming it', async () => {
  const error = await s3Blobs({ ...options, secretAccessKey: 'wrong' })
    .put(content)
    .catch((thrown: unknown) => String(thrown));
  expect(error).toBe('Error: the object store answered 403 (SignatureDoesNotMatch); nothing was stored');
  expect(objects.size).toBe(0);
});

it('does not hand out content that is not what its name says', async () => {
  const store = s3Blobs(options);
  const name = await store.put(content);
  corrupt = true;
  await expect(store.get(name)).rejects.toThrow(/returned other content/);
});
