import {
  About,
  AuditPage,
  CreatedToken,
  CreateProject,
  CreateToken,
  ListAudit,
  ListProjects,
  ListTokens,
  OneProject,
  OneToken,
  ProjectPage,
  ProjectView,
  QueueView,
  TokenPage,
  UpdateProject,
} from '../administration.ts';
import { Done } from '../common.ts';
import { procedure, router } from '../procedures.ts';

export const projects = router({
  list: procedure({
    scope: 'admin',
    openapi: { method: 'GET', path: '/projects', summary: 'All projects', tags: ['projects'] },
  })
    .input(ListProjects)
    .output(ProjectPage)
    .query(({ ctx, input }) => ctx.service.projects.list(ctx.caller, input)),

  create: procedure({
    scope: 'admin',
    openapi: { method: 'POST', path: '/projects', summary: 'Open a project', tags: ['projects'] },
  })
    .input(CreateProject)
    .output(ProjectView)
    .mutation(({ ctx, input }) => ctx.service.projects.create(ctx.caller, input, ctx)),

  update: procedure({
    scope: 'admin',
    openapi: { method: 'PATCH', path: '/projects/{id}', summary: 'Change how long runs are kept', tags: ['projects'] },
  })
    .input(UpdateProject)
    .output(ProjectView)
    .mutation(({ ctx, input }) => ctx.service.projects.update(ctx.caller, input, ctx)),

  remove: procedure({
    scope: 'admin',
    openapi: {
      method: 'DELETE',
      path: '/projects/{id}',
      summary: 'Delete a project with everything in it',
      tags: ['projects'],
    },
  })
    .input(OneProject)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await ctx.service.projects.remove(ctx.caller, input.id, ctx);
      return { done: true as const };
    }),
});

export const tokens = router({
  list: procedure({
    scope: 'admin',
    openapi: { method: 'GET', path: '/tokens', summary: 'Tokens, without their secrets', tags: ['tokens'] },
  })
    .input(ListTokens)
    .output(TokenPage)
    .query(({ ctx, input }) => ctx.service.tokens.list(ctx.caller, input)),

  create: procedure({
    scope: 'admin',
    openapi: {
      method: 'POST',
      path: '/tokens',
      summary: 'Issue a token; its secret is shown this once',
      tags: ['tokens'],
    },
  })
    .input(CreateToken)
    .output(CreatedToken)
    .mutation(({ ctx, input }) => ctx.service.tokens.create(ctx.caller, input, ctx)),

  revoke: procedure({
    scope: 'admin',
    openapi: { method: 'DELETE', path: '/tokens/{id}', summary: 'Revoke a token at once', tags: ['tokens'] },
  })
    .input(OneToken)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await ctx.service.tokens.revoke(ctx.caller, input.id, ctx);
      return { done: true as const };
    }),
});

export const system = router({
  about: procedure({
    scope: 'runs:read',
    openapi: {
      method: 'GET',
      path: '/about',
      summary: 'What this service is, and what the token may do',
      tags: ['system'],
    },
  })
    .output(About)
    .query(({ ctx }) => ctx.service.system.about(ctx.caller)),

  queue: procedure({
    scope: 'runs:read',
    openapi: {
      method: 'GET',
      path: '/queue',
      summary: 'Runs waiting and running, and how many can run',
      tags: ['system'],
    },
  })
    .output(QueueView)
    .query(({ ctx }) => ctx.service.system.queue(ctx.caller)),

  audit: procedure({
    scope: 'admin',
    openapi: { method: 'GET', path: '/audit', summary: 'Who changed what, newest first', tags: ['system'] },
  })
    .input(ListAudit)
    .output(AuditPage)
    .query(({ ctx, input }) => ctx.service.system.audit(ctx.caller, input)),
});
