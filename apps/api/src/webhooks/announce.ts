import { WebhookEvent } from '@engram/contracts/service';
import type { RunStatus, WebhookMessage } from '@engram/contracts/service';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import type { Db } from '../database/database.ts';
import { signal } from '../database/signals.ts';
import type { RunRow } from '../runs/rows.ts';

/**
 * Writes a message for every webhook of the project that wants to know, in the transaction of the change: there is no change
 * without its messages, and no message without its change.
 */
export async function announce(tx: Db, run: RunRow, status: RunStatus): Promise<void> {
  const type = WebhookEvent.safeParse(`run.${status}`);
  if (!type.success) return;
  const message: WebhookMessage = {
    type: type.data,
    timestamp: new Date().toISOString(),
    data: {
      run: run.id,
      kind: run.kind,
      project: run.project,
      name: run.name,
      averageAccuracy: run.record?.summary.averageAccuracy ?? null,
      error: run.error,
    },
  };
  const prefix = `msg_${randomUUID().replaceAll('-', '')}`;
  const { rows } = await tx.execute(sql`
    insert into deliveries (id, webhook, run, event, body)
      select ${prefix}::text || '-' || w.id, w.id, ${run.id}, ${type.data}, ${JSON.stringify(message)}
      from webhooks w where w.project = ${run.project} and ${type.data}::text = any(w.events)
    returning key`);
  if (rows.length === 0) return;
  const [channel, payload] = signal('webhooks', '');
  await tx.execute(sql`select pg_notify(${channel}, ${payload})`);
}
