import { ServiceError } from '@engram/contracts/service';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);

export const isLoopback = (host: string): boolean => loopback.has(host);

/**
 * Refuses what a page of another site makes a browser send. Host: a name that was turned to this address (DNS
 * rebinding) is not ours. Origin: a request from another page says so.
 */
export function originGuard(
  config: Pick<Config, 'ENGRAM_HOST' | 'ENGRAM_PUBLIC_URL'>,
): (request: FastifyRequest) => void {
  const publicUrl = config.ENGRAM_PUBLIC_URL === undefined ? undefined : new URL(config.ENGRAM_PUBLIC_URL);
  const anyHost = !isLoopback(config.ENGRAM_HOST) && publicUrl === undefined;
  return ({ headers }) => {
    const host = headers.host ?? '';
    const name = host.replace(/:\d+$/, '').toLowerCase();
    if (!anyHost && !isLoopback(name) && host !== publicUrl?.host) {
      throw new ServiceError('forbidden', `This service does not answer to the name "${host.slice(0, 100)}".`, {
        hint: 'Use the address that it printed at its start, or set ENGRAM_PUBLIC_URL.',
      });
    }
    const { origin } = headers;
    const own = [`http://${host}`, `https://${host}`, publicUrl?.origin];
    const foreign = origin !== undefined && !own.includes(origin);
    if (foreign || headers['sec-fetch-site'] === 'cross-site') {
      throw new ServiceError('forbidden', 'Requests from pages of other sites are refused.', {
        hint: 'Call the service from a program, or from its own pages.',
      });
    }
  };
}
