import { ServiceError } from '@engram/contracts/service';
import type { DeliveryView, WebhookService, WebhookView } from '@engram/contracts/service';
import { and, count, desc, eq, getTableColumns, gt, lt, asc, sql } from 'drizzle-orm';
import { randomBytes } from 'node:crypto';
import { shortId } from '../administration/secrets.ts';
import type { Db } from '../database/database.ts';
import { audit, deliveries, webhooks } from '../database/schema.ts';
import { notify } from '../runs/transition.ts';
import { decodeCursor, encodeCursor } from '../runs/cursor.ts';
import { publicAddress, requireWebhookUrl } from './address.ts';
import type { AddressPolicy } from './address.ts';

const mostPerProject = 20;

const viewOf = ({ id, url, events, createdAt }: typeof webhooks.$inferSelect): WebhookView => ({
  id,
  url,
  events,
  createdAt: createdAt.toISOString(),
});

const deliveryOf = (row: typeof deliveries.$inferSelect): DeliveryView => ({
  id: row.id,
  webhook: row.webhook,
  event: row.event,
  run: row.run,
  status: row.status,
  attempts: row.attempts,
  answer: row.answer,
  error: row.error,
  createdAt: row.createdAt.toISOString(),
  attemptedAt: row.attemptedAt?.toISOString() ?? null,
});

export const webhookService = (db: Db, policy: AddressPolicy): WebhookService => ({
  list: async ({ project }, { cursor, limit }) => {
    const after = decodeCursor(cursor, 'webhooks');
    const rows = await db
      .select()
      .from(webhooks)
      .where(and(eq(webhooks.project, project), after === undefined ? undefined : gt(webhooks.id, String(after))))
      .orderBy(asc(webhooks.id))
      .limit(limit + 1);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(viewOf),
      next: last === undefined ? null : encodeCursor(last.id, 'webhooks'),
    };
  },

  create: async (caller, { url, events }, { requestId }) => {
    // said now rather than in the log later; what counts is the look at every attempt
    await publicAddress(requireWebhookUrl(url, policy), policy).catch((error: unknown) => {
      if (error instanceof ServiceError) throw error;
      throw new ServiceError('invalid', `${new URL(url).hostname} cannot be found.`, { cause: error });
    });
    const { project, token } = caller;
    return db.transaction(async (tx) => {
      const [known] = await tx.select({ count: count() }).from(webhooks).where(eq(webhooks.project, project));
      if ((known?.count ?? 0) >= mostPerProject) {
        throw new ServiceError('limit', `A project may have ${mostPerProject} webhooks.`, { limit: 'webhooks' });
      }
      const id = shortId();
      const secret = `whsec_${randomBytes(32).toString('base64')}`;
      const [row] = await tx
        .insert(webhooks)
        .values({ id, project, url, secret, events: [...new Set(events)] })
        .returning();
      if (row === undefined) throw new Error('an inserted row did not come back');
      await tx
        .insert(audit)
        .values({ project, token, action: 'webhook.create', subject: id, after: { url, events }, requestId });
      return { ...viewOf(row), secret };
    });
  },

  remove: ({ project, token }, id, { requestId }) =>
    db.transaction(async (tx) => {
      const [row] = await tx
        .delete(webhooks)
        .where(and(eq(webhooks.project, project), eq(webhooks.id, id)))
        .returning();
      if (row === undefined) throw new ServiceError('not-found', `There is no webhook "${id}" in this project.`);
      await tx
        .insert(audit)
        .values({ project, token, action: 'webhook.delete', subject: id, before: { url: row.url }, requestId });
    }),

  deliveries: async ({ project }, { webhook, cursor, limit }) => {
    const filter = `deliveries ${webhook ?? ''}`;
    const after = decodeCursor(cursor, filter);
    const rows = await db
      .select(getTableColumns(deliveries))
      .from(deliveries)
      .innerJoin(webhooks, eq(webhooks.id, deliveries.webhook))
      .where(
        and(
          eq(webhooks.project, project),
          webhook === undefined ? undefined : eq(deliveries.webhook, webhook),
          after === undefined ? undefined : lt(deliveries.key, Number(after)),
        ),
      )
      .orderBy(desc(deliveries.key))
      .limit(limit + 1);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(deliveryOf),
      next: last === undefined ? null : encodeCursor(last.key, filter),
    };
  },

  replay: ({ project, token }, id, { requestId }) =>
    db.transaction(async (tx) => {
      const [found] = await tx
        .select(getTableColumns(deliveries))
        .from(deliveries)
        .innerJoin(webhooks, eq(webhooks.id, deliveries.webhook))
        .where(and(eq(webhooks.project, project), eq(deliveries.id, id)));
      if (found === undefined) throw new ServiceError('not-found', `There is no delivery "${id}" in this project.`);
      if (found.status === 'waiting') {
        throw new ServiceError('conflict', `"${id}" is still being delivered.`, { hint: 'Wait until it has failed.' });
      }
      const [row] = await tx
        .update(deliveries)
        .set({ status: 'waiting', queued: false, attempts: 0, error: sql`null` })
        .where(eq(deliveries.key, found.key))
        .returning();
      await tx.insert(audit).values({ project, token, action: 'webhook.replay', subject: id, requestId });
      await notify(tx, 'webhooks', '');
      return deliveryOf(row ?? found);
    }),
});
