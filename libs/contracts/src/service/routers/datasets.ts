import { Done } from '../common.ts';
import { DatasetPage, DatasetView, ListDatasets, OneDataset } from '../datasets.ts';
import { procedure, router } from '../procedures.ts';

const tags: [string] = ['datasets'];

/** Uploading is a route of its own (POST /v1/datasets), since its body is files. */
export const datasets = router({
  list: procedure({
    scope: 'runs:read',
    openapi: { method: 'GET', path: '/datasets', summary: 'Data sets of the project', tags },
  })
    .input(ListDatasets)
    .output(DatasetPage)
    .query(({ ctx, input }) => ctx.service.datasets.list(ctx.caller, input)),

  show: procedure({
    scope: 'runs:read',
    openapi: { method: 'GET', path: '/datasets/{id}', summary: 'One data set', tags },
  })
    .input(OneDataset)
    .output(DatasetView)
    .query(({ ctx, input }) => ctx.service.datasets.show(ctx.caller, input.id)),

  remove: procedure({
    scope: 'datasets:write',
    openapi: { method: 'DELETE', path: '/datasets/{id}', summary: 'Delete a data set that no open run uses', tags },
  })
    .input(OneDataset)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await ctx.service.datasets.remove(ctx.caller, input.id, ctx);
      return { done: true as const };
    }),
});
