import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { isPublic, publicAddress, requireWebhookUrl } from './address.ts';
import type { Address } from './address.ts';
import { send } from './send.ts';

const secret = `whsec_${randomBytes(24).toString('base64')}`;
const message = { id: 'msg_1', body: '{"type":"run.succeeded"}', secret };
const loopback: Address = { address: '127.0.0.1', family: 4 };

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function receiver(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe('an attempt', () => {
  it('is signed so that a receiver with the secret can verify it, and nobody else', async () => {
    const received: { headers: IncomingHttpHeaders; body: string }[] = [];
    const port = await receiver((request, response) => {
      void text(request).then((body) => {
        received.push({ headers: request.headers, body });
        response.writeHead(204).end();
      });
    });
    const answer = await send(message, {
      url: new URL(`http://127.0.0.1:${port}/hook?x=1`),
      address: loopback,
      milliseconds: 5000,
    });
    expect(answer).toBe(204);
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    const signed = headers as Record<string, string>;
    expect(new Webhook(secret).verify(body, signed)).toEqual({ type: 'run.succeeded' });
    expect(() => new Webhook(secret).verify(`${body} `, signed)).toThrow();
    expect(() => new Webhook(randomBytes(24).toString('base64')).verify(body, signed)).toThrow();
  });

  it('goes to the address that was judged, not to where the name leads by then', async () => {
    const hosts: (string | undefined)[] = [];
    const port = await receiver((request, response) => {
      hosts.push(request.headers.host);
      response.end();
    });
    // the name does not exist: only the pinned address can be what was connected to
    const url = new URL(`http://hooks.example.invalid:${port}/`);
    expect(await send(message, { url, address: loopback, milliseconds: 5000 })).toBe(200);
    expect(hosts).toEqual([`hooks.example.invalid:${port}`]);
  });

  it('does not follow a redirect', async () => {
    let requests = 0;
    const port = await receiver((_, response) => {
      requests++;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const url = new URL(`http://127.0.0.1:${port}/`);
    expect(await send(message, { url, address: loopback, milliseconds: 5000 })).toBe(302);
    expect(requests).toBe(1);
  });

  it('ends where nobody answers, or listens', async () => {
    const silent = await receiver(() => undefined);
    const url = (port: number): URL => new URL(`http://127.0.0.1:${port}/`);
    await expect(send(message, { url: url(silent), address: loopback, milliseconds: 100 })).rejects.toThrow(/abort/i);
    await expect(send(message, { url: url(1), address: loopback, milliseconds: 5000 })).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe('addresses', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.18.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '2001:db8::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '2002:7f00:1::',
    'nonsense',
  ])('%s is not public', (address) => expect(isPublic(address)).toBe(false));

  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) =>
    expect(isPublic(address)).toBe(true),
  );

  const policy = (...addresses: string[]) => ({
    allowPrivate: false,
    resolve: () =>
      Promise.resolve(addresses.map((address): Address => ({ address, family: address.includes(':') ? 6 : 4 }))),
  });

  it('of a name are all looked at, and the first is used', async () => {
    const url = new URL('https://hooks.example/');
    expect(await publicAddress(url, policy('8.8.8.8', '2606:4700::1111'))).toEqual({ address: '8.8.8.8', family: 4 });
    await expect(publicAddress(url, policy('8.8.8.8', '127.0.0.1'))).rejects.toThrow(/not public/);
    await expect(publicAddress(url, policy())).rejects.toThrow(/no address/);
  });

  it.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://[::ffff:7f00:1]/',
    'https://169.254.169.254/latest/meta-data',
  ])('in %s are judged without a name server', async (text) => {
    const never = { allowPrivate: false, resolve: () => Promise.reject(new Error('was asked')) };
    await expect(publicAddress(new URL(text), never)).rejects.toThrow(/not public/);
  });

  it('may be private where that is allowed', async () => {
    expect(await publicAddress(new URL('http://127.0.0.1/'), { ...policy(), allowPrivate: true })).toEqual(loopback);
    expect(await publicAddress(new URL('http://localhost/'), { allowPrivate: true })).toMatchObject({
      address: expect.any(String) as string,
    });
  });

  it.each([
    ['ftp://example.com/', /does not begin with https/],
    ['http://example.com/', /does not begin with https/],
    ['file:///etc/passwd', /does not begin with https/],
    ['https://user:pass@example.com/', /holds a name or password/],
    ['not a url', /is no URL/],
  ])('like %s are refused', (text, message) => {
    expect(() => requireWebhookUrl(text, { allowPrivate: false })).toThrow(message);
  });

  it('with http are allowed together with private ones', () => {
    expect(requireWebhookUrl('http://localhost:1/', { allowPrivate: true }).port).toBe('1');
  });
});
