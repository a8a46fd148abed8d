import { ServiceError } from '@engram/contracts/service';
import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Database, Db } from '../database/database.ts';
import { deliveries, webhooks } from '../database/schema.ts';
import { within } from '../queue.ts';
import { publicAddress } from './address.ts';
import type { AddressPolicy } from './address.ts';
import { send } from './send.ts';

const webhookQueue = 'webhooks';

interface DeliveryJob {
  /** Key of the delivery. */
  readonly delivery: number;
}

export interface DeliveryOptions {
  readonly policy: AddressPolicy;
  /** Repetitions after the first attempt; the pause doubles each time. */
  readonly retries: number;
  readonly retrySeconds: number;
  readonly answerMilliseconds: number;
}

const keptDays = 30;
const sweepMilliseconds = 5000;
const batch = 100;

/** Sends what the outbox holds: hands it to the queue, which repeats what fails, and keeps the log. */
export async function startDeliveries(
  { db, signals }: Database,
  boss: PgBoss,
  log: Logger,
  options: DeliveryOptions,
): Promise<() => Promise<void>> {
  await boss.createQueue(webhookQueue, { expireInSeconds: 120, deleteAfterSeconds: 3600, notify: true });
  let running: Promise<void> | undefined;
  const collect = (): Promise<void> => {
    running ??= (async () => {
      while ((await enqueue(db, boss, options)) === batch);
    })()
      .catch((error: unknown) => log.warn({ error: String(error) }, 'webhooks could not be queued; it tries again'))
      .finally(() => (running = undefined));
    return running;
  };
  const stopListening = signals.on('webhooks', () => void collect());
  // also what a process that died had written, and what came while nobody listened
  const timer = setInterval(() => {
    void collect()
      .then(() => forgetOld(db))
      .catch(() => undefined);
  }, sweepMilliseconds);
  const work = { localConcurrency: 8, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };
  await boss.work<DeliveryJob>(webhookQueue, work, async ([job]) => {
    if (job !== undefined) await deliver(db, job.data.delivery, options);
  });
  return async () => {
    stopListening();
    clearInterval(timer);
    await running;
    await boss.offWork(webhookQueue);
  };
}

const enqueue = (db: Db, boss: PgBoss, { retries, retrySeconds }: DeliveryOptions): Promise<number> =>
  db.transaction(async (tx) => {
    const rows = await tx
      .select({ key: deliveries.key })
      .from(deliveries)
      .where(eq(deliveries.queued, false))
      .orderBy(asc(deliveries.key))
      .limit(batch)
      .for('update', { skipLocked: true });
    if (rows.length === 0) return 0;
    const keys = rows.map(({ key }) => key);
    await boss.insert(
      webhookQueue,
      keys.map((delivery) => ({
        data: { delivery },
        retryLimit: retries,
        retryDelay: retrySeconds,
        retryBackoff: true,
      })),
      within(tx),
    );
    await tx.update(deliveries).set({ queued: true }).where(inArray(deliveries.key, keys));
    return rows.length;
  });

/** One attempt. Throws where the queue shall repeat it. */
async function deliver(db: Db, key: number, { policy, answerMilliseconds, retries }: DeliveryOptions): Promise<void> {
  const [row] = await db
    .select()
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.id, deliveries.webhook))
    .where(eq(deliveries.key, key));
  // deleted meanwhile, or the answer to an earlier attempt was stored after all
  if (row === undefined || row.deliveries.status !== 'waiting') return;
  const { id, body, attempts } = row.deliveries;
  const tried = await attempt(row.webhooks, { id, body }, policy, answerMilliseconds);
  const done = tried.answer !== null && tried.answer >= 200 && tried.answer < 300;
  const last = attempts >= retries || tried.final;
  await db
    .update(deliveries)
    .set({
      status: done ? 'delivered' : last ? 'failed' : 'waiting',
      attempts: attempts + 1,
      answer: tried.answer,
      error: done ? null : (tried.error ?? `answered with status ${tried.answer ?? ''}`),
      attemptedAt: sql`now()`,
    })
    .where(eq(deliveries.key, key));
  if (!done && !last) throw new Error('not delivered; the queue tries again');
}

interface Attempt {
  readonly answer: number | null;
  readonly error: string | null;
  /** Trying again would not help. */
  readonly final: boolean;
}

const gone = 410;

async function attempt(
  { url: text, secret }: typeof webhooks.$inferSelect,
  message: { readonly id: string; readonly body: string },
  policy: AddressPolicy,
  milliseconds: number,
): Promise<Attempt> {
  try {
    const url = new URL(text);
    // looked up at every attempt: what was public yesterday may not be today
    const address = await publicAddress(url, policy);
    const answer = await send({ ...message, secret }, { url, address, milliseconds });
    return { answer, error: null, final: answer === gone };
  } catch (error) {
    const refused = error instanceof ServiceError;
    return { answer: null, error: error instanceof Error ? error.message.slice(0, 300) : 'unknown', final: refused };
  }
}

const forgetOld = async (db: Db): Promise<void> => {
  await db.delete(deliveries).where(and(lt(deliveries.createdAt, sql`now() - make_interval(days => ${keptDays})`)));
};
