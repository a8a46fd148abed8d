import { ServiceError } from '@engram/contracts/service';
import type { ErrorEnvelope, ServiceErrorCode } from '@engram/contracts/service';
import { envelopeOf } from '@engram/contracts/router';
import { TRPCError } from '@trpc/server';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const statusOf = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unsupported: 415,
  limit: 429,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ServiceErrorCode, number>;

/** Errors of Fastify itself, in the service's words. */
const fromStatus = (status: number, message: string): ServiceError | undefined => {
  if (status === 413) return new ServiceError('too-large', 'The body is larger than this service accepts.');
  if (status === 415) {
    return new ServiceError('unsupported', 'The content type is not one that is read here.', {
      hint: 'Send application/json.',
    });
  }
  if (status === 404) return new ServiceError('not-found', message);
  if (status >= 400 && status < 500) return new ServiceError('invalid', message);
  return undefined;
};

/** What is told of any error, and whether it was expected. */
export function explain(
  error: unknown,
  path: string,
  requestId: string,
): { readonly envelope: ErrorEnvelope; readonly cause: ServiceError | null } {
  const trpc = error instanceof TRPCError ? error : undefined;
  const inner = trpc?.cause ?? error;
  const status = inner instanceof Error && 'statusCode' in inner ? Number(inner.statusCode) : 500;
  const cause =
    inner instanceof ServiceError
      ? inner
      : trpc === undefined && inner instanceof Error
        ? fromStatus(status, inner.message)
        : undefined;
  const shown =
    cause === undefined
      ? (trpc ?? new TRPCError({ code: 'INTERNAL_SERVER_ERROR' }))
      : new TRPCError({ code: 'BAD_REQUEST', cause });
  return { envelope: envelopeOf(shown, path, requestId), cause: cause ?? null };
}

/** RFC 9457 on REST; the form that tRPC's clients read on its own paths. */
export function sendError(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const path = request.url.split('?', 1)[0] ?? '';
  const { envelope, cause } = explain(error, path, request.id);
  const status = statusOf[envelope.code];
  if (status === 500) request.log.error({ err: error }, 'unexpected');
  if (cause?.retryAfter != null) void reply.header('retry-after', cause.retryAfter);
  if (cause?.limit != null) void reply.header('x-ratelimit-limit-name', cause.limit);
  void reply.status(status);
  if (path.startsWith('/trpc/')) {
    return reply.send({
      error: { message: envelope.message, code: -32_000, data: { ...envelope, httpStatus: status } },
    });
  }
  return reply.type('application/problem+json').send({
    type: `urn:engram:error:${envelope.code}`,
    title: envelope.code,
    status,
    detail: envelope.message,
    instance: path,
    ...envelope,
  });
}
