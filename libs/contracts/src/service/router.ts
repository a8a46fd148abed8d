import { router } from './procedures.ts';
import { projects, system, tokens } from './routers/administration.ts';
import { runs } from './routers/runs.ts';

/** Every procedure of the service. Clients import its type only. */
export const appRouter = router({ runs, projects, tokens, system });

export type AppRouter = typeof appRouter;

export { envelopeOf } from './procedures.ts';
export type { ServiceMeta } from './procedures.ts';
