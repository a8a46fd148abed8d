import { springs } from '@engram/scene-ewc/probes';
import { serveTraining } from '@engram/scene-kit/worker';

/** The one training worker of the site; scenes add their probes here by name. */
serveTraining({ springs });
