import type { AppRouter } from '@engram/contracts/router';
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';

/** The calls that the site and the command line make, however they reach the service. */
export interface ContractClient {
  call(procedure: string, input?: unknown): Promise<unknown>;
  close(): Promise<unknown>;
}

/** What is known of a refusal on every way: its code. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

type Procedures = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, (input?: unknown) => Promise<unknown>>>>>>
>;

const queries: ReadonlySet<string> = new Set(['list', 'show', 'events', 'compare', 'artifacts', 'about', 'queue']);

/** tRPC over HTTP, as the command line and the site use it. */
export function httpClient(url: string, token: string): ContractClient {
  // called by name here, where the suite is the same for every way; the commands use the types
  const client = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/trpc`, headers: { authorization: `Bearer ${token}` } })],
  }) as unknown as Procedures;
  return {
    call: async (procedure, input) => {
      const [group = '', name = ''] = procedure.split('.');
      try {
        return await client[group]?.[name]?.[queries.has(name) ? 'query' : 'mutate']?.(input);
      } catch (error) {
        const data: unknown = error instanceof TRPCClientError ? error.data : undefined;
        throw new Refusal((data as { code?: string } | undefined)?.code ?? String(error));
      }
    },
    close: () => Promise.resolve(),
  };
}
