import { z } from 'zod';

export const ServiceErrorCode = z
  .enum([
    'invalid',
    'unauthenticated',
    'forbidden',
    'not-found',
    'conflict',
    'too-large',
    'unsupported',
    'limit',
    'unavailable',
    'internal',
  ])
  .meta({ id: 'ServiceErrorCode' });

export type ServiceErrorCode = z.infer<typeof ServiceErrorCode>;

/** The one form of every error that leaves the service. */
export const ErrorEnvelope = z
  .object({
    code: ServiceErrorCode,
    message: z.string().describe('what was expected and what came'),
    path: z.string().nullable().describe('procedure or URL'),
    hint: z.string().nullable().describe('what to do'),
    requestId: z.string(),
  })
  .meta({ id: 'ErrorEnvelope' });

export type ErrorEnvelope = z.infer<typeof ErrorEnvelope>;

export interface ServiceErrorDetails extends ErrorOptions {
  readonly hint?: string;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  /** Which limit was reached, for `limit`. */
  readonly limit?: string;
}

/** An outcome that the client has to hear about; anything else that is thrown counts as `internal` and stays inside. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ServiceErrorCode;
  readonly hint: string | null;
  readonly retryAfter: number | null;
  readonly limit: string | null;

  constructor(
    code: ServiceErrorCode,
    message: string,
    { hint, retryAfter, limit, ...options }: ServiceErrorDetails = {},
  ) {
    super(message, options);
    this.code = code;
    this.hint = hint ?? null;
    this.retryAfter = retryAfter ?? null;
    this.limit = limit ?? null;
  }
}
