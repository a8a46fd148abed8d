import { router } from './procedures.ts';
import { projects, system, tokens } from './routers/administration.ts';
import { datasets } from './routers/datasets.ts';
import { runs } from './routers/runs.ts';
import { webhooks } from './routers/webhooks.ts';

/** Every procedure of the service. Clients import its type only. */
export const appRouter = router({ runs, datasets, webhooks, projects, tokens, system });

export type AppRouter = typeof appRouter;

export { envelopeOf } from './procedures.ts';
export type { ServiceMeta } from './procedures.ts';
