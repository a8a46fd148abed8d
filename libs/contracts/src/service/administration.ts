import { z } from 'zod';
import { Cursor, Id, page, pageLimit, Timestamp } from './common.ts';
import { Scope } from './scopes.ts';

export const ProjectView = z
  .object({
    id: Id,
    createdAt: Timestamp,
    retentionDays: z.int().nullable().describe('runs that ended longer ago are deleted; null: kept'),
  })
  .meta({ id: 'Project' });

const retentionDays = z.int().min(1).max(3650).nullable();
export const CreateProject = z.strictObject({ id: Id, retentionDays: retentionDays.default(null) });
export const UpdateProject = z.strictObject({ id: Id, retentionDays });
export const OneProject = z.strictObject({ id: Id });
export const ProjectPage = page(ProjectView);
export const ListProjects = z.strictObject({ cursor: Cursor.optional(), limit: pageLimit });

const TokenLimits = z
  .object({
    concurrency: z.int().min(1).max(64).default(8).describe('runs at the same time'),
    queued: z.int().min(1).max(1_000_000).default(10_000).describe('runs waiting'),
    computeSecondsPerDay: z.int().min(1).nullable().default(null).describe('training time per day; null: no limit'),
  })
  .meta({ id: 'TokenLimits' });

export const TokenView = z
  .object({
    id: Id,
    project: Id,
    label: z.string(),
    prefix: z.string().describe('how the token begins, to tell it from others'),
    scopes: z.array(Scope),
    limits: TokenLimits,
    createdAt: Timestamp,
    expiresAt: Timestamp.nullable(),
    revokedAt: Timestamp.nullable(),
    lastUsedAt: Timestamp.nullable().describe('to the minute'),
  })
  .meta({ id: 'Token' });

export const CreateToken = z.strictObject({
  label: z.string().trim().min(1).max(80),
  project: Id.optional().describe('default: the project of the token that asks'),
  scopes: z.array(Scope).min(1).max(6),
  expiresInDays: z.int().min(1).max(3650).nullable().default(90),
  limits: TokenLimits.default({ concurrency: 8, queued: 10_000, computeSecondsPerDay: null }),
});
export const CreatedToken = TokenView.extend({ secret: z.string().describe('shown this once') });
export const ListTokens = z.strictObject({ project: Id.optional(), cursor: Cursor.optional(), limit: pageLimit });
export const OneToken = z.strictObject({ id: Id });
export const TokenPage = page(TokenView);

export const AuditEntry = z
  .object({
    seq: z.int(),
    at: Timestamp,
    project: Id.nullable(),
    token: Id.nullable().describe('null: the service itself'),
    action: z.string().describe('for example run.create'),
    subject: z.string(),
    before: z.json(),
    after: z.json(),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export const ListAudit = z.strictObject({
  project: Id.optional(),
  action: z.string().max(60).optional(),
  cursor: Cursor.optional(),
  limit: pageLimit,
});
export const AuditPage = page(AuditEntry);

export const About = z.object({
  version: z.string(),
  storage: z.enum(['pglite', 'postgresql']),
  project: Id,
  scopes: z.array(Scope),
  workers: z.int().describe('worker processes seen in the last 30 seconds'),
});
export const QueueView = z.object({ queued: z.int(), running: z.int(), slots: z.int() });

export type AuditEntry = z.infer<typeof AuditEntry>;
export type CreateToken = z.infer<typeof CreateToken>;
export type ProjectView = z.infer<typeof ProjectView>;
export type TokenLimits = z.infer<typeof TokenLimits>;
export type TokenView = z.infer<typeof TokenView>;
