import { tracked } from '@trpc/server';
import { ArtifactList } from '../artifacts.ts';
import { Done } from '../common.ts';
import { CompareRuns, Comparison } from '../comparison.ts';
import { procedure, router } from '../procedures.ts';
import { EventPage, FollowEvents, ReadEvents } from '../run-events.ts';
import { CloneRun, Created, CreateRun, CreateSweep, ListRuns, OneRun, RunDetail, RunPage, RunView } from '../runs.ts';

const tags: [string] = ['runs'];

export const runs = router({
  create: procedure({
    scope: 'runs:write',
    openapi: { method: 'POST', path: '/runs', summary: 'Submit an experiment, with one or several seeds', tags },
  })
    .input(CreateRun)
    .output(Created)
    .mutation(({ ctx, input }) => ctx.service.runs.create(ctx.caller, input, ctx)),

  sweep: procedure({
    scope: 'runs:write',
    openapi: { method: 'POST', path: '/sweeps', summary: 'Submit every combination of a grid, for every seed', tags },
  })
    .input(CreateSweep)
    .output(Created)
    .mutation(({ ctx, input }) => ctx.service.runs.sweep(ctx.caller, input, ctx)),

  clone: procedure({
    scope: 'runs:write',
    openapi: { method: 'POST', path: '/runs/{from}/clone', summary: 'Submit an earlier run again, with changes', tags },
  })
    .input(CloneRun)
    .output(Created)
    .mutation(({ ctx, input }) => ctx.service.runs.clone(ctx.caller, input, ctx)),

  list: procedure({
    scope: 'runs:read',
    openapi: { method: 'GET', path: '/runs', summary: 'Runs of the project, page by page', tags },
  })
    .input(ListRuns)
    .output(RunPage)
    .query(({ ctx, input }) => ctx.service.runs.list(ctx.caller, input)),

  show: procedure({
    scope: 'runs:read',
    openapi: { method: 'GET', path: '/runs/{id}', summary: 'One run with its specification and record', tags },
  })
    .input(OneRun)
    .output(RunDetail)
    .query(({ ctx, input }) => ctx.service.runs.show(ctx.caller, input.id)),

  events: procedure({
    scope: 'runs:read',
    openapi: {
      method: 'GET',
      path: '/runs/{id}/events',
      summary: 'Events after a number; as a stream with Accept: text/event-stream',
      tags,
    },
  })
    .input(ReadEvents)
    .output(EventPage)
    .query(({ ctx, input }) => ctx.service.runs.events(ctx.caller, input)),

  follow: procedure({ scope: 'runs:read' })
    .input(FollowEvents)
    .subscription(async function* ({ ctx, input, signal }) {
      const groups = await ctx.service.runs.follow(ctx.caller, input, signal ?? new AbortController().signal);
      for await (const group of groups) for (const { position, event } of group) yield tracked(position, event);
    }),

  cancel: procedure({
    scope: 'runs:cancel',
    openapi: { method: 'POST', path: '/runs/{id}/cancel', summary: 'Stop a run, or all runs of a sweep', tags },
  })
    .input(OneRun)
    .output(RunView)
    .mutation(({ ctx, input }) => ctx.service.runs.cancel(ctx.caller, input.id, ctx)),

  pause: procedure({
    scope: 'runs:cancel',
    openapi: { method: 'POST', path: '/runs/{id}/pause', summary: 'Save a checkpoint and wait', tags },
  })
    .input(OneRun)
    .output(RunView)
    .mutation(({ ctx, input }) => ctx.service.runs.pause(ctx.caller, input.id, ctx)),

  resume: procedure({
    scope: 'runs:write',
    openapi: { method: 'POST', path: '/runs/{id}/resume', summary: 'Go on from the last checkpoint', tags },
  })
    .input(OneRun)
    .output(RunView)
    .mutation(({ ctx, input }) => ctx.service.runs.resume(ctx.caller, input.id, ctx)),

  remove: procedure({
    scope: 'runs:write',
    openapi: {
      method: 'DELETE',
      path: '/runs/{id}',
      summary: 'Delete a run that is over, with its events and artifacts',
      tags,
    },
  })
    .input(OneRun)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await ctx.service.runs.remove(ctx.caller, input.id, ctx);
      return { done: true as const };
    }),

  compare: procedure({
    scope: 'runs:read',
    openapi: {
      method: 'POST',
      path: '/compare',
      summary: 'Matrices, differences, means and paired tests of up to 500 runs',
      tags,
    },
  })
    .input(CompareRuns)
    .output(Comparison)
    .query(({ ctx, input }) => ctx.service.runs.compare(ctx.caller, input)),

  artifacts: procedure({
    scope: 'artifacts:read',
    openapi: { method: 'GET', path: '/runs/{id}/artifacts', summary: 'What a run has left behind', tags },
  })
    .input(OneRun)
    .output(ArtifactList)
    .query(({ ctx, input }) => ctx.service.runs.artifacts(ctx.caller, input.id)),
});
