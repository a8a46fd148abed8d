import { Done } from '../common.ts';
import { procedure, router } from '../procedures.ts';
import {
  CreatedWebhook,
  CreateWebhook,
  DeliveryPage,
  DeliveryView,
  ListDeliveries,
  ListWebhooks,
  OneDelivery,
  OneWebhook,
  WebhookPage,
} from '../webhooks.ts';

const tags: [string] = ['webhooks'];

export const webhooks = router({
  list: procedure({
    scope: 'admin',
    openapi: { method: 'GET', path: '/webhooks', summary: 'Webhooks of the project, without their secrets', tags },
  })
    .input(ListWebhooks)
    .output(WebhookPage)
    .query(({ ctx, input }) => ctx.service.webhooks.list(ctx.caller, input)),

  create: procedure({
    scope: 'admin',
    openapi: {
      method: 'POST',
      path: '/webhooks',
      summary: 'Have an address told when runs change; the secret is shown this once',
      tags,
    },
  })
    .input(CreateWebhook)
    .output(CreatedWebhook)
    .mutation(({ ctx, input }) => ctx.service.webhooks.create(ctx.caller, input, ctx)),

  remove: procedure({
    scope: 'admin',
    openapi: { method: 'DELETE', path: '/webhooks/{id}', summary: 'Delete a webhook and its log', tags },
  })
    .input(OneWebhook)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await ctx.service.webhooks.remove(ctx.caller, input.id, ctx);
      return { done: true as const };
    }),

  deliveries: procedure({
    scope: 'admin',
    openapi: { method: 'GET', path: '/deliveries', summary: 'What was sent, and what was answered', tags },
  })
    .input(ListDeliveries)
    .output(DeliveryPage)
    .query(({ ctx, input }) => ctx.service.webhooks.deliveries(ctx.caller, input)),

  replay: procedure({
    scope: 'admin',
    openapi: { method: 'POST', path: '/deliveries/{id}/replay', summary: 'Send a message again', tags },
  })
    .input(OneDelivery)
    .output(DeliveryView)
    .mutation(({ ctx, input }) => ctx.service.webhooks.replay(ctx.caller, input.id, ctx)),
});
