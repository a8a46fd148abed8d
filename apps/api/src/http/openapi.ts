// The one file that knows trpc-to-openapi.
import { appRouter } from '@engram/contracts/router';
import { ErrorEnvelope } from '@engram/contracts/service';
import { generateOpenApiDocument } from 'trpc-to-openapi';
import { version } from '../version.ts';
import { eventStream, rawRoutes, uploadOperation } from './openapi-routes.ts';

/** The REST interface as OpenAPI 3.1, from the same router that answers, with the routes that are no JSON. */
export function openApiDocument() {
  const document = generateOpenApiDocument(appRouter, {
    title: 'Engram training service',
    description: 'Submit continual-learning experiments, watch them, compare them, fetch what they learned.',
    version,
    baseUrl: '/v1',
    securitySchemes: { Authorization: { type: 'http', scheme: 'bearer' } },
    defs: { ErrorEnvelope },
  });
  const { paths = {} } = document;
  const events = paths['/runs/{id}/events'];
  // what the generator gives has the form that OpenAPI prescribes, but no type that says so
  const answer = events?.get?.responses?.['200'] as { readonly content?: object } | undefined;
  const streaming = { '200': { ...answer, content: { ...answer?.content, ...eventStream } } };
  return {
    ...document,
    paths: {
      ...paths,
      ...rawRoutes,
      '/datasets': { ...paths['/datasets'], post: uploadOperation },
      '/runs/{id}/events': {
        ...events,
        get: { ...events?.get, responses: { ...events?.get?.responses, ...streaming } },
      },
    },
  };
}
