/** Routes whose bodies are no JSON, described by hand beside those that the router describes. */

const problem = {
  description: 'What was wrong, in the form of every error (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ErrorEnvelope' } } },
};
const security = [{ Authorization: [] }];
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } } as const;
const binary = { type: 'string', format: 'binary' } as const;

export const rawRoutes = {
  '/runs/{id}/artifacts/{name}': {
    get: {
      operationId: 'runs-artifact',
      summary: 'The content of an artifact',
      tags: ['runs'],
      security,
      parameters: [id, { name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
      responses: {
        '200': { description: 'The content', content: { 'application/octet-stream': { schema: binary } } },
        default: problem,
      },
    },
  },
  '/runs/{id}/export': {
    get: {
      operationId: 'runs-export',
      summary: 'The trained model for other programs, as a zip archive with a model card',
      tags: ['runs'],
      security,
      parameters: [
        id,
        { name: 'format', in: 'query', schema: { type: 'string', enum: ['layers', 'safetensors'], default: 'layers' } },
        { name: 'task', in: 'query', schema: { type: 'integer', minimum: 1 } },
      ],
      responses: {
        '200': { description: 'The archive', content: { 'application/zip': { schema: binary } } },
        default: problem,
      },
    },
  },
} as const;

/** Uploading stands beside the list of the same path. */
export const uploadOperation = {
  operationId: 'datasets-create',
  summary: 'Upload data of your own: a CSV file, a zip of images in a folder per class, or four IDX files',
  tags: ['datasets'],
  security,
  parameters: [
    { name: 'id', in: 'query', required: true, schema: { type: 'string' } },
    { name: 'name', in: 'query', schema: { type: 'string' } },
  ],
  requestBody: {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          required: ['file'],
          properties: { file: { type: 'array', items: binary, minItems: 1, maxItems: 4 } },
        },
      },
    },
  },
  responses: {
    '201': {
      description: 'The data set',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Dataset' } } },
    },
    default: problem,
  },
} as const;

/** What a run's events are with `Accept: text/event-stream`. */
export const eventStream = {
  'text/event-stream': {
    schema: { type: 'string' },
    description: 'One event per message, `id` its number; goes on after the Last-Event-ID that is sent',
  },
} as const;
