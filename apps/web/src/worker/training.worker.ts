import { changes } from '@engram/scene-neuromodulation/probes';
import { dreams } from '@engram/scene-dreams/probes';
import { springs } from '@engram/scene-ewc/probes';
import { drift } from '@engram/scene-forgetting/probes';
import { serveTraining } from '@engram/scene-kit/worker';
import { gates } from '@engram/scene-xdg/probes';
import { imagined } from '../lab/imagined.ts';

/** The one training worker of the site; scenes add their probes here by name. */
serveTraining({ changes, dreams, drift, gates, imagined, springs });
