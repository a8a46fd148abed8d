import { appRouter } from '@engram/contracts/router';
import type { ServiceMeta } from '@engram/contracts/router';
import type { ServiceContext } from '@engram/contracts/service';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

/** What is read of a procedure to make a route of it. */
interface Described {
  readonly _def: {
    readonly type: 'query' | 'mutation' | 'subscription';
    readonly meta?: ServiceMeta;
    readonly inputs: readonly unknown[];
  };
}

export const described = (): ReadonlyMap<string, Described> =>
  // tRPC types procedures by their inputs; here only what all have in common is read
  new Map(Object.entries(appRouter._def.procedures as unknown as Record<string, Described>));

/** Served by routes of their own, because they can do more than answer with JSON. */
const ownRoutes: ReadonlySet<string> = new Set(['runs.events']);

/** Every procedure with an `openapi` entry as a route under /v1. */
export function restRoutes(app: FastifyInstance, contextOf: (request: FastifyRequest) => ServiceContext): void {
  for (const [path, { _def }] of described()) {
    const route = _def.meta?.openapi;
    if (route === undefined || ownRoutes.has(path)) continue;
    const fromQuery = queryReader(_def.inputs);
    app.route({
      method: route.method,
      url: `/v1${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      handler: async (request, reply) => {
        const given = route.method === 'GET' || route.method === 'DELETE' ? fromQuery(request.query) : request.body;
        const input = _def.inputs.length === 0 ? undefined : withParameters(given, request.params);
        const result = await callerOf(contextOf(request), path)(input);
        const created = typeof result === 'object' && result !== null && 'created' in result && result.created === true;
        return reply.status(created ? 201 : 200).send(result);
      },
    });
  }
}

/** A procedure by its dotted path, bound to a context. */
export function callerOf(context: ServiceContext, path: string): (input: unknown) => Promise<unknown> {
  const found = path
    .split('.')
    .reduce<unknown>((level, name) => (level as Record<string, unknown>)[name], appRouter.createCaller(context));
  return found as (input: unknown) => Promise<unknown>;
}

const withParameters = (given: unknown, parameters: unknown): unknown =>
  given === null || given === undefined || (typeof given === 'object' && !Array.isArray(given))
    ? { ...given, ...(parameters as object) }
    : given;

interface Property {
  readonly type?: string;
}

/** Turns the texts of a query string into what the schema expects; what does not fit is left for the schema to refuse. */
export function queryReader(inputs: readonly unknown[]): (query: unknown) => Record<string, unknown> {
  const [schema] = inputs;
  const properties: Readonly<Record<string, Property>> =
    schema instanceof z.ZodType
      ? ((z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {}) as Record<string, Property>)
      : {};
  return (query) =>
    Object.fromEntries(
      Object.entries(query as Record<string, unknown>).map(([name, text]) => [
        name,
        converted(text, properties[name]?.type),
      ]),
    );
}

function converted(text: unknown, type: string | undefined): unknown {
  if (type === 'array') return Array.isArray(text) ? text : [text];
  if (typeof text !== 'string') return text;
  if ((type === 'integer' || type === 'number') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
