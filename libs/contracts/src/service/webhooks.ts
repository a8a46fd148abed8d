import { z } from 'zod';
import { Cursor, Id, page, pageLimit, Timestamp } from './common.ts';

/** What a webhook can be told of: the statuses of runs and sweeps that somebody waits for. */
export const WebhookEvent = z
  .enum(['run.running', 'run.paused', 'run.succeeded', 'run.failed', 'run.canceled', 'run.expired'])
  .meta({ id: 'WebhookEvent' });

export const WebhookView = z
  .object({
    id: Id,
    url: z.string(),
    events: z.array(WebhookEvent),
    createdAt: Timestamp,
  })
  .meta({ id: 'Webhook' });

export const CreateWebhook = z.strictObject({
  url: z.string().max(2000).describe('an https address that everyone can reach'),
  events: z.array(WebhookEvent).min(1).max(6),
});
export const CreatedWebhook = WebhookView.extend({
  secret: z.string().describe('key of the signatures (Standard Webhooks), shown this once'),
});
export const ListWebhooks = z.strictObject({ cursor: Cursor.optional(), limit: pageLimit });
export const WebhookPage = page(WebhookView);
export const OneWebhook = z.strictObject({ id: Id });

export const DeliveryView = z
  .object({
    id: Id.describe('the webhook-id of the message, the same at every attempt'),
    webhook: Id,
    event: WebhookEvent,
    run: Id,
    status: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.int(),
    answer: z.int().nullable().describe('HTTP status of the last answer'),
    error: z.string().nullable().describe('why the last attempt failed'),
    createdAt: Timestamp,
    attemptedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Delivery' });
export const ListDeliveries = z.strictObject({ webhook: Id.optional(), cursor: Cursor.optional(), limit: pageLimit });
export const DeliveryPage = page(DeliveryView);
export const OneDelivery = z.strictObject({ id: Id });

/** The body of a message. */
export const WebhookMessage = z
  .object({
    type: WebhookEvent,
    timestamp: Timestamp,
    data: z.object({
      run: Id,
      kind: z.enum(['run', 'sweep']),
      project: Id,
      name: z.string().nullable(),
      averageAccuracy: z.number().nullable(),
      error: z.string().nullable(),
    }),
  })
  .meta({ id: 'WebhookMessage' });

export type CreateWebhook = z.infer<typeof CreateWebhook>;
export type WebhookEvent = z.infer<typeof WebhookEvent>;
export type WebhookMessage = z.infer<typeof WebhookMessage>;
export type WebhookView = z.infer<typeof WebhookView>;
export type DeliveryView = z.infer<typeof DeliveryView>;
