import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { createLog, startService } from '../service.ts';
import type { RunningService } from '../service.ts';

export const adminToken = 'engram_test_0123456789abcdefghijklmnopqrstuvwxyz';

/** Time that a hook may take: an embedded database is made anew, on a machine that may be busy. */
export const startMilliseconds = 60_000;

export interface TestService extends RunningService {
  /** A request with the administrator's token, or another. */
  readonly fetch: (path: string, options?: CallOptions) => Promise<Response>;
  /** The same, read as JSON. */
  readonly call: <Result>(path: string, options?: CallOptions) => Promise<Result>;
}

export interface CallOptions {
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A service of its own on a free port, in a folder that is removed afterwards. */
export async function startTestService(environment: Readonly<Record<string, string>> = {}): Promise<TestService> {
  const folder = await mkdtemp(join(tmpdir(), 'engram-service-'));
  const config = readConfig({
    ENGRAM_PORT: '0',
    ENGRAM_STATE_DIR: folder,
    ENGRAM_ADMIN_TOKEN: adminToken,
    ENGRAM_WORKERS: '1',
    ENGRAM_LOG_LEVEL: 'silent',
    ENGRAM_SITE: folder,
    ...environment,
  });
  const service = await startService(config, createLog(config.ENGRAM_LOG_LEVEL));
  const call = requester(service.url);
  return {
    ...service,
    fetch: call,
    call: async <Result>(path: string, options?: CallOptions) => {
      const response = await call(path, options);
      // tests say what they expect to come
      const body = (await response.json()) as Result;
      if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
      return body;
    },
    close: async () => {
      await service.close();
      if (environment['ENGRAM_STATE_DIR'] === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

export const requester =
  (url: string) =>
  (
    path: string,
    { method, body, raw, token = adminToken, headers = {}, signal }: CallOptions = {},
  ): Promise<Response> =>
    fetch(`${url}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(raw === undefined ? {} : { body: raw }),
      ...(signal === undefined ? {} : { signal }),
    });
