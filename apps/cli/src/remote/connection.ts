import type { AppRouter } from '@engram/contracts/router';
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';
import { z } from 'zod';
import { CliError, exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { findCredentials } from './credentials.ts';
import type { Credentials } from './credentials.ts';

/** A service as its commands use it. */
export interface Connection {
  readonly url: string;
  readonly api: TRPCClient<AppRouter>;
  /** A request outside tRPC, with the token; throws CliError for every answer that is no success. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export const connect = async (url: string | undefined): Promise<Connection> => connection(await findCredentials(url));

export function connection({ url, token }: Credentials): Connection {
  const authorization = `Bearer ${token}`;
  return {
    url,
    api: createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${url}/trpc`,
          headers: ({ op }) => {
            const { idempotencyKey } = op.context;
            return {
              authorization,
              ...(typeof idempotencyKey === 'string' ? { 'idempotency-key': idempotencyKey } : {}),
            };
          },
        }),
      ],
    }),
    fetch: async (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', authorization);
      const response = await fetch(`${url}${path}`, { ...init, headers }).catch((error: unknown) => {
        throw unreachable(url, error);
      });
      if (!response.ok) throw refusal(await response.json().catch(() => undefined), response.status, url);
      return response;
    },
  };
}

const Envelope = z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() });

const codes: Readonly<Record<string, ExitCode>> = {
  invalid: exitCodes.usage,
  unsupported: exitCodes.usage,
  unauthenticated: exitCodes.auth,
  forbidden: exitCodes.auth,
  'not-found': exitCodes.notFound,
  conflict: exitCodes.conflict,
  'too-large': exitCodes.limit,
  limit: exitCodes.limit,
  unavailable: exitCodes.network,
};

function refusal(body: unknown, status: number, url: string): CliError {
  const parsed = Envelope.safeParse(body);
  if (parsed.success) {
    const { code, message, hint } = parsed.data;
    return new CliError(codes[code] ?? exitCodes.failed, hint === null ? message : `${message} ${hint}`);
  }
  return new CliError(
    exitCodes.network,
    `${url} answered with status ${status} and not as an Engram service does. Check the address, and what stands between.`,
  );
}

/** fetch wraps the reason, once or more. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.cause === undefined ? error.message : reasonOf(error.cause)) : String(error);

const unreachable = (url: string, error: unknown): CliError =>
  new CliError(
    exitCodes.network,
    `${url} cannot be reached: ${reasonOf(error) || 'no connection'}. Check the address and that the service runs.`,
    { cause: error },
  );

/** Words and exit code for whatever a call of `api` throws. */
export function remoteError(error: unknown, url: string): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  const data = error.data as unknown;
  if (data !== null && data !== undefined) return refusal(data, 0, url);
  const status = z.object({ response: z.instanceof(Response) }).safeParse(error.meta);
  return status.success ? refusal(undefined, status.data.response.status, url) : unreachable(url, error);
}

/** Runs the calls of a command and puts their errors into words. */
export async function asking<Result>({ url }: Connection, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw remoteError(error, url);
  }
}
