import { ServiceError } from '@engram/contracts/service';
import type { Caller, RequestInfo } from '@engram/contracts/service';
import { strategyLabel } from '@engram/experiment';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import { createBatcher } from '../batcher.ts';
import type { Database, Db } from '../database/database.ts';
import { audit, events, idempotencyKeys, runs, tokens } from '../database/schema.ts';
import { isDuplicate } from '../database/errors.ts';
import { priorities, queueName, tierOf, within } from '../queue.ts';
import type { Plan, PlannedRun } from './plan.ts';
import type { RunRow } from './rows.ts';

interface Submission {
  readonly caller: Caller;
  readonly plan: Plan;
  readonly request: RequestInfo;
}

interface Submitted {
  readonly row: RunRow;
  readonly created: boolean;
}

type NewRun = typeof runs.$inferInsert & { readonly job: string };

/** Stores submissions, several at once in one transaction: rows, first events, queue jobs, counters and audit together. */
export const createSubmitter = ({ db }: Database, boss: PgBoss): ((submission: Submission) => Promise<Submitted>) =>
  createBatcher(async (submissions: readonly Submission[]) => {
    const attempt = () => db.transaction((tx) => store(tx, boss, submissions));
    // another process stored the same id at the same moment: now it can be seen
    return attempt().catch((error: unknown) => (isDuplicate(error) ? attempt() : Promise.reject(toError(error))));
  });

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

async function store(tx: Db, boss: PgBoss, submissions: readonly Submission[]): Promise<(Submitted | Error)[]> {
  const callers = [...new Set(submissions.map(({ caller }) => caller.token))].sort();
  // in one order everywhere, so that two processes never wait for each other
  const owners = await tx.select().from(tokens).where(inArray(tokens.id, callers)).orderBy(tokens.id).for('update');
  const room = new Map(owners.map(({ id, queued, limits }) => [id, limits.queued - queued]));
  const limits = new Map(owners.map((owner) => [owner.id, owner]));
  const earlier = await earlierOnes(tx, submissions);
  const results: (Submitted | Error)[] = [];
  const fresh: { readonly submission: Submission; readonly place: number }[] = [];
  const taken = new Map<string, string>();

  for (const [place, submission] of submissions.entries()) {
    const { caller, plan, request } = submission;
    const known = earlier(submission);
    const name = JSON.stringify([caller.project, plan.id]);
    const keyName =
      request.idempotencyKey === null ? name : JSON.stringify([caller.project, 'key', request.idempotencyKey]);
    if (known !== undefined) {
      results.push(known.bodyHash === plan.bodyHash ? { row: known.row, created: false } : reused(submission));
    } else if (taken.has(name) || taken.has(keyName)) {
      results.push(
        new ServiceError('conflict', `"${plan.id}" is being submitted twice at this moment.`, {
          hint: 'Try again.',
          retryAfter: 1,
        }),
      );
    } else {
      const refusal = refusalFor(limits.get(caller.token), room.get(caller.token) ?? 0, plan);
      if (refusal === undefined) {
        room.set(caller.token, (room.get(caller.token) ?? 0) - plan.runs.length);
        taken.set(name, plan.id).set(keyName, plan.id);
        fresh.push({ submission, place });
      }
      results.push(refusal ?? new Error('not stored'));
    }
  }
  if (fresh.length === 0) return results;

  const heads = await tx
    .insert(runs)
    .values(fresh.map(({ submission }) => headOf(submission)))
    .returning();
  const headOfId = new Map(heads.map((head) => [JSON.stringify([head.project, head.id]), head]));
  const children: NewRun[] = [];
  for (const { submission, place } of fresh) {
    const row = headOfId.get(JSON.stringify([submission.caller.project, submission.plan.id]));
    if (row === undefined) throw new Error('an inserted row did not come back');
    results[place] = { row, created: true };
    if (row.kind === 'sweep') children.push(...childrenOf(submission, row.key));
  }
  const leaves = heads.filter(({ kind }) => kind === 'run').map(({ key, ...rest }) => ({ ...rest, key }));
  for (const part of parts(children, 500)) leaves.push(...(await tx.insert(runs).values(part).returning()));

  const everything = [...heads.filter(({ kind }) => kind === 'sweep'), ...leaves];
  for (const part of parts(everything, 2000)) {
    await tx.insert(events).values(
      part.map(({ key }) => ({
        run: key,
        seq: 1,
        body: { type: 'status' as const, status: 'queued' as const, reason: null },
      })),
    );
  }
  for (const part of parts(leaves, 500)) {
    await boss.insert(
      queueName,
      part.map(({ key, job, priority, token }) => ({
        ...(job === null ? {} : { id: job }),
        data: { run: key },
        priority,
        group: { id: token, tier: tierOf(limits.get(token)?.limits.concurrency ?? 1) },
      })),
      within(tx),
    );
  }
  const perToken = new Map<string, number>();
  for (const { token } of leaves) perToken.set(token, (perToken.get(token) ?? 0) + 1);
  for (const [token, count] of perToken) {
    await tx
      .update(tokens)
      .set({ queued: sql`${tokens.queued} + ${count}` })
      .where(eq(tokens.id, token));
  }
  await tx.insert(audit).values(
    fresh.map(({ submission: { caller, plan, request } }) => ({
      project: caller.project,
      token: caller.token,
      action: 'run.create',
      subject: plan.id,
      after: { specHash: plan.specHash, runs: plan.runs.length },
      requestId: request.requestId,
    })),
  );
  const keys = fresh.flatMap(({ submission: { caller, plan, request }, place }) => {
    const result = results[place];
    if (request.idempotencyKey === null || result === undefined || result instanceof Error) return [];
    return [{ project: caller.project, key: request.idempotencyKey, bodyHash: plan.bodyHash, run: result.row.key }];
  });
  if (keys.length > 0) await tx.insert(idempotencyKeys).values(keys);
  return results;
}

/** What was stored before under the same id or idempotency key. */
async function earlierOnes(tx: Db, submissions: readonly Submission[]) {
  const projects = [...new Set(submissions.map(({ caller }) => caller.project))];
  const ids = submissions.map(({ plan }) => plan.id);
  const keys = submissions.flatMap(({ request }) => (request.idempotencyKey === null ? [] : [request.idempotencyKey]));
  const byId = await tx
    .select()
    .from(runs)
    .where(and(inArray(runs.project, projects), inArray(runs.id, ids)));
  const byKey =
    keys.length === 0
      ? []
      : await tx
          .select({
            project: idempotencyKeys.project,
            key: idempotencyKeys.key,
            bodyHash: idempotencyKeys.bodyHash,
            row: runs,
          })
          .from(idempotencyKeys)
          .innerJoin(runs, eq(runs.key, idempotencyKeys.run))
          .where(and(inArray(idempotencyKeys.project, projects), inArray(idempotencyKeys.key, keys)));
  return ({ caller, plan, request }: Submission): { readonly row: RunRow; readonly bodyHash: string } | undefined => {
    const keyed = byKey.find(({ project, key }) => project === caller.project && key === request.idempotencyKey);
    if (keyed !== undefined) return keyed;
    const row = byId.find(({ project, id }) => project === caller.project && id === plan.id);
    return row === undefined ? undefined : { row, bodyHash: row.bodyHash };
  };
}

const reused = ({ plan, request }: Submission): ServiceError =>
  new ServiceError(
    'conflict',
    request.idempotencyKey === null
      ? `There is already a run "${plan.id}", and it was submitted with other content.`
      : `The Idempotency-Key "${request.idempotencyKey}" was used before, with other content.`,
    { hint: 'Use another id or key for another submission.' },
  );

function refusalFor(owner: typeof tokens.$inferSelect | undefined, room: number, plan: Plan): ServiceError | undefined {
  if (owner === undefined)
    return new ServiceError('unauthenticated', 'The token of this request was deleted meanwhile.');
  const { limits, computeDay, computeSeconds } = owner;
  if (plan.runs.length > room) {
    return new ServiceError(
      'limit',
      `This token may have ${limits.queued} runs waiting; with this one it would have more.`,
      {
        limit: 'queued',
        retryAfter: 30,
        hint: 'Wait until some have begun, or ask for a larger limit.',
      },
    );
  }
  const today = new Date().toISOString().slice(0, 10);
  if (limits.computeSecondsPerDay !== null && computeDay === today && computeSeconds >= limits.computeSecondsPerDay) {
    const midnight = Date.parse(today) + 86_400_000;
    return new ServiceError(
      'limit',
      `This token’s ${limits.computeSecondsPerDay} seconds of training for today are used up.`,
      {
        limit: 'compute',
        retryAfter: Math.ceil((midnight - Date.now()) / 1000),
        hint: 'Go on tomorrow (UTC), or ask for a larger limit.',
      },
    );
  }
  return undefined;
}

function rowOf({ caller, plan }: Submission, id: string, { spec, specHash, seed }: PlannedRun): NewRun {
  const { name, tags, priority, expiresInSeconds } = plan.submission;
  return {
    id,
    project: caller.project,
    token: caller.token,
    kind: 'run',
    name: name ?? null,
    tags,
    status: 'queued',
    priority: priorities[priority],
    scenario: spec.scenario,
    strategy: strategyLabel(spec),
    spec,
    specHash,
    seed,
    bodyHash: plan.bodyHash,
    job: randomUUID(),
    lastSeq: 1,
    expiresAt: expiresInSeconds === undefined ? null : new Date(Date.now() + expiresInSeconds * 1000),
  };
}

/** The row that bears the submission's id: the run itself, or the sweep. */
function headOf(submission: Submission): typeof runs.$inferInsert {
  const { plan } = submission;
  const [first, ...others] = plan.runs;
  if (first === undefined) throw new Error('a plan without runs');
  if (others.length === 0) return rowOf(submission, plan.id, first);
  return {
    ...rowOf(submission, plan.id, { spec: plan.spec, specHash: plan.specHash, seed: 0 }),
    kind: 'sweep',
    seed: null,
    job: null,
    expiresAt: null,
    openChildren: plan.runs.length,
  };
}

const childrenOf = (submission: Submission, parent: number): NewRun[] =>
  submission.plan.runs.map((run, i) => ({ ...rowOf(submission, `${submission.plan.id}.${i + 1}`, run), parent }));

const parts = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
