// The one file that knows trpc-to-openapi.
import { appRouter } from '@engram/contracts/router';
import { ErrorEnvelope } from '@engram/contracts/service';
import { generateOpenApiDocument } from 'trpc-to-openapi';
import { version } from '../version.ts';

/** The REST interface as OpenAPI 3.1, from the same router that answers. */
export const openApiDocument = () =>
  generateOpenApiDocument(appRouter, {
    title: 'Engram training service',
    description: 'Submit continual-learning experiments, watch them, compare them, fetch what they learned.',
    version,
    baseUrl: '/v1',
    securitySchemes: { Authorization: { type: 'http', scheme: 'bearer' } },
    defs: { ErrorEnvelope },
  });
