import type { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import type { Logger } from 'pino';

const channel = 'engram';
const topics = ['events', 'control', 'tokens', 'work', 'webhooks'] as const;
export type Topic = (typeof topics)[number];

/** Messages between all processes of a service; one listening connection per process carries every topic. */
export interface Signals {
  on(topic: Topic, handler: (content: string) => void): () => void;
  /** Calls back after the connection was lost and found again: messages may have been missed. */
  onGap(handler: () => void): () => void;
  close(): Promise<void>;
}

/** SQL that sends a message when the transaction around it commits; `content` is at most 7,000 bytes. */
export const signal = (topic: Topic, content: string): readonly [string, string] => [channel, `${topic} ${content}`];

function dispatcher() {
  const handlers = new Map<Topic, Set<(content: string) => void>>(topics.map((topic) => [topic, new Set()]));
  const gaps = new Set<() => void>();
  return {
    receive: (payload: string): void => {
      const [topic = '', content = ''] = payload.split(' ', 2);
      const known = topics.find((name) => name === topic);
      if (known !== undefined) for (const handler of handlers.get(known) ?? []) handler(content);
    },
    gap: (): void => gaps.forEach((handler) => handler()),
    on: (topic: Topic, handler: (content: string) => void) => {
      handlers.get(topic)?.add(handler);
      return () => handlers.get(topic)?.delete(handler);
    },
    onGap: (handler: () => void) => {
      gaps.add(handler);
      return () => gaps.delete(handler);
    },
  };
}

export async function pgliteSignals(lite: PGlite): Promise<Signals> {
  const { receive, gap: _gap, ...rest } = dispatcher();
  const stop = await lite.listen(channel, receive);
  return { ...rest, close: () => stop() };
}

const reconnectMilliseconds = 500;

export async function postgresSignals(connectionString: string, log: Logger): Promise<Signals> {
  const { receive, gap, ...rest } = dispatcher();
  let closed = false;
  let current: Client | undefined;
  let reconnecting = false;
  const connect = async (): Promise<void> => {
    const client = new Client({ connectionString, keepAlive: true, application_name: 'engram signals' });
    client.on('notification', ({ payload }) => receive(payload ?? ''));
    client.on('error', (error) => log.warn({ error: error.message }, 'listening connection failed'));
    await client.connect();
    await client.query(`listen ${channel}`);
    current = client;
    client.on('end', () => void reconnect());
  };
  const reconnect = async (): Promise<void> => {
    if (reconnecting) return;
    reconnecting = true;
    while (!closed) {
      await new Promise((resolve) => setTimeout(resolve, reconnectMilliseconds));
      try {
        await connect();
        gap();
        break;
      } catch (error) {
        log.warn({ error: String(error) }, 'listening connection cannot be made yet');
      }
    }
    reconnecting = false;
    if (closed) await current?.end();
  };
  await connect();
  return {
    ...rest,
    close: async () => {
      closed = true;
      await current?.end();
    },
  };
}
