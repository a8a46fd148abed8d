import { ServiceError } from '@engram/contracts/service';
import ipaddr from 'ipaddr.js';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

export interface AddressPolicy {
  /** Allow addresses that only this machine or its network can reach, and unencrypted HTTP. */
  readonly allowPrivate: boolean;
  /** Default: the system's. */
  readonly resolve?: (hostname: string) => Promise<readonly Address[]>;
}

const hint =
  'Use an https address that everyone can reach. The administrator can allow private addresses with ENGRAM_WEBHOOK_PRIVATE=true.';

/** What a webhook's address must look like before anything is resolved. Throws ServiceError `invalid`. */
export function requireWebhookUrl(text: string, { allowPrivate }: AddressPolicy): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const wrong =
    url === undefined
      ? 'is no URL'
      : url.protocol !== 'https:' && !(url.protocol === 'http:' && allowPrivate)
        ? 'does not begin with https'
        : url.username !== '' || url.password !== ''
          ? 'holds a name or password'
          : undefined;
  if (url === undefined || wrong !== undefined) {
    throw new ServiceError('invalid', `The address of the webhook ${wrong ?? ''}.`, { hint });
  }
  return url;
}

/**
 * The address to connect to for a URL, looked up once: whoever sends must use it and not look it up again, since the answer may
 * change in between. All of a name's addresses have to be public, so that a name cannot hide a private one among others.
 */
export async function publicAddress(url: URL, policy: AddressPolicy): Promise<Address> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const { resolve = resolved } = policy;
  const found = isIP(host) === 0 ? await resolve(host) : [{ address: host, family: isIP(host) === 6 ? 6 : 4 } as const];
  const [first] = found;
  if (first === undefined) throw new ServiceError('invalid', `${host} has no address.`, { hint });
  const hidden = policy.allowPrivate ? undefined : found.find(({ address }) => !isPublic(address));
  if (hidden !== undefined) {
    throw new ServiceError('invalid', `${host} leads to an address that is not public, where no requests are sent.`, {
      hint,
    });
  }
  return first;
}

async function resolved(hostname: string): Promise<readonly Address[]> {
  const found = await lookup(hostname, { all: true, order: 'verbatim' });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/** Global unicast only: no loopback, private, link-local, shared, multicast, documentation or translated address. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // an IPv4 address inside an IPv6 one is judged as what it is
  return ipaddr.process(address).range() === 'unicast';
}
