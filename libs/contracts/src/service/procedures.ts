import { initTRPC, TRPCError } from '@trpc/server';
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';
import { ZodError } from 'zod';
import { ServiceError } from './errors.ts';
import type { ErrorEnvelope, ServiceErrorCode } from './errors.ts';
import { requirePlain } from './plain.ts';
import { maySee } from './scopes.ts';
import type { Scope } from './scopes.ts';
import type { ServiceContext } from './service.ts';

// an alias, since the OpenAPI generator wants an index signature
export type ServiceMeta = {
  /** What the caller's token must allow. Every procedure states it; a test walks the router. */
  readonly scope: Scope;
  /** The same procedure as REST, under /v1. */
  readonly openapi?: {
    readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
    readonly path: `/${string}`;
    readonly summary: string;
    readonly tags: [string];
  };
};

const trpcCodes = {
  invalid: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  'too-large': 'PAYLOAD_TOO_LARGE',
  unsupported: 'UNSUPPORTED_MEDIA_TYPE',
  limit: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<ServiceErrorCode, TRPC_ERROR_CODE_KEY>;

/** Request errors of tRPC itself (unknown procedure, wrong method, broken JSON) in our words. */
const codeOf = (error: TRPCError): ServiceErrorCode => {
  if (error.cause instanceof ServiceError) return error.cause.code;
  const known = (Object.keys(trpcCodes) as ServiceErrorCode[]).find((code) => trpcCodes[code] === error.code);
  return known ?? (error.code === 'PARSE_ERROR' || error.code === 'METHOD_NOT_SUPPORTED' ? 'invalid' : 'internal');
};

const zodMessage = ({ issues }: ZodError): string =>
  issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'the input'}: ${message}`)
    .join('; ');

/** What a client is told. Messages of unexpected errors stay in the log. */
export function envelopeOf(error: TRPCError, path: string | null, requestId: string): ErrorEnvelope {
  const { cause } = error;
  const common = { path, requestId };
  if (cause instanceof ServiceError) return { ...common, code: cause.code, message: cause.message, hint: cause.hint };
  if (error.code === 'BAD_REQUEST' && cause instanceof ZodError) {
    return { ...common, code: 'invalid', message: zodMessage(cause), hint: 'The schema is in /v1/openapi.json.' };
  }
  const code = codeOf(error);
  if (code !== 'internal') return { ...common, code, message: error.message, hint: null };
  return {
    ...common,
    code,
    message: 'Something went wrong inside the service.',
    hint: 'Try again; if it stays, give the requestId to whoever runs the service.',
  };
}

const t = initTRPC
  .context<ServiceContext>()
  .meta<ServiceMeta>()
  .create({
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter: ({ shape, error, path, ctx }) => {
      const envelope = envelopeOf(error, path ?? null, ctx?.requestId ?? 'unknown');
      return {
        code: shape.code,
        message: envelope.message,
        data: { ...envelope, httpStatus: shape.data.httpStatus },
      };
    },
  });

export const { router } = t;

/** A procedure for callers whose token has the scope. */
export const procedure = (meta: ServiceMeta) =>
  t.procedure
    .meta(meta)
    .use(async ({ next }) => {
      const result = await next();
      if (!result.ok && result.error.cause instanceof ServiceError) {
        const { cause } = result.error;
        throw new TRPCError({ code: trpcCodes[cause.code], message: cause.message, cause });
      }
      return result;
    })
    .use(async ({ getRawInput, next }) => {
      requirePlain(await getRawInput());
      return next();
    })
    .use(({ ctx, next }) => {
      const { caller } = ctx;
      if (caller === null) {
        throw new ServiceError('unauthenticated', 'This needs a token; none came, or it is not valid any more.', {
          hint: 'Send the header "Authorization: Bearer engram_…".',
        });
      }
      if (!maySee(caller, meta.scope)) {
        throw new ServiceError(
          'forbidden',
          `This needs the scope ${meta.scope}; the token has ${caller.scopes.join(', ')}.`,
          {
            hint: 'Use a token with that scope.',
          },
        );
      }
      return next({ ctx: { ...ctx, caller } });
    });
