import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Webhook } from 'standardwebhooks';
import type { Address } from './address.ts';

interface Message {
  /** The same at every attempt, so that the receiver can tell a repetition. */
  readonly id: string;
  readonly body: string;
  /** `whsec_…` */
  readonly secret: string;
}

interface SendOptions {
  readonly url: URL;
  /** Where the connection goes, whatever the name may say by then. */
  readonly address: Address;
  readonly milliseconds: number;
  readonly now?: Date;
}

/**
 * One attempt to deliver, signed as Standard Webhooks says (standardwebhooks.com): `webhook-id`, `webhook-timestamp` and
 * `webhook-signature`, HMAC-SHA256 over `id.timestamp.body`. Redirects are not followed and what the receiver says is not read.
 * Gives the HTTP status; throws where there was no answer.
 */
export function send({ id, body, secret }: Message, options: SendOptions): Promise<number> {
  const { url, address, milliseconds, now = new Date() } = options;
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(milliseconds),
        // also called for names only; a literal address was judged as it stands
        lookup: (_, { all }, done) => {
          if (all === true) done(null, [address]);
          else done(null, address.address, address.family);
        },
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Engram-Webhooks/1',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, now, body),
        },
      },
      (incoming) => {
        resolve(incoming.statusCode ?? 0);
        incoming.destroy();
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
