import type { Service } from '@engram/contracts/service';
import { destination, pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { firstRun, issueSession } from './administration/first-run.ts';
import { startHousekeeping } from './administration/housekeeping.ts';
import { projectService } from './administration/projects.ts';
import { systemService } from './administration/system.ts';
import { tokenService } from './administration/tokens.ts';
import { openBlobs } from './blobs/open.ts';
import type { Config } from './config.ts';
import { openDatabase } from './database/database.ts';
import type { Database } from './database/database.ts';
import { createHub } from './events/hub.ts';
import { createStreams } from './events/streams.ts';
import { createServer } from './http/server.ts';
import { siteFolder } from './http/site.ts';
import { startQueue } from './queue.ts';
import { runService } from './runs/service.ts';
import { datasetService } from './uploads/datasets.ts';
import { startDeliveries } from './webhooks/deliver.ts';
import { webhookService } from './webhooks/service.ts';
import { startWorker } from './worker/worker.ts';
import type { Worker } from './worker/worker.ts';

export interface RunningService {
  readonly url: string;
  /** Secret of the first administrator, if one was issued at this start. */
  readonly adminToken: string | undefined;
  /** Whether the site is served too. */
  readonly site: boolean;
  readonly database: Database;
  /** What the procedures call; for calls in the same process. */
  readonly service: Service;
  readonly worker: Worker | undefined;
  /** Runs save a checkpoint and go back to the queue, streams end, nothing is lost. */
  close(): Promise<void>;
}

const defaultPort = 4600;
const portsTried = 20;

/** JSON logs without anything that gives access. */
export const createLog = (
  level: Config['ENGRAM_LOG_LEVEL'],
  to: DestinationStream = destination({ dest: 1, sync: true }),
): Logger => pino({ level, redact: { paths: secretPaths, censor: '***' } }, to);

const secretPaths = [
  'authorization',
  'cookie',
  'secret',
  'token',
  'password',
  'DATABASE_URL',
  'ENGRAM_ADMIN_TOKEN',
  'ENGRAM_S3_SECRET_ACCESS_KEY',
].flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]);

/** Starts everything: storage, queue, workers, API and, where it was built, the site. */
export async function startService(
  config: Config,
  log: Logger = createLog(config.ENGRAM_LOG_LEVEL),
): Promise<RunningService> {
  const database = await openDatabase(config, log);
  const boss = await startQueue(database, log);
  const blobs = openBlobs(config, database.db);
  const policy = { allowPrivate: config.ENGRAM_WEBHOOK_PRIVATE };
  const adminToken = await firstRun(database, config);
  const hub = createHub(database, log);
  const streams = createStreams(database.signals, config.ENGRAM_STREAMS_PER_TOKEN);
  const service: Service = {
    runs: runService({ database, boss, hub, streams }),
    projects: projectService(database.db, boss),
    tokens: tokenService(database.db),
    system: systemService(database),
    datasets: datasetService(database.db),
    webhooks: webhookService(database.db, policy),
  };
  let draining = false;
  let session: Promise<string> | undefined;
  const folder = siteFolder(config);
  const app = await createServer({
    config,
    database,
    blobs,
    service,
    streams,
    log,
    site: { folder, session: () => (session ??= issueSession(database)) },
    draining: () => draining,
  });
  const url = await listen(app, config);
  const slots = config.ENGRAM_WORKERS;
  const worker = slots === 0 ? undefined : await startWorker({ database, boss, blobs, log, slots, config });
  const stopHousekeeping = startHousekeeping(database, boss, blobs, log);
  const stopDeliveries = await startDeliveries(database, boss, log, {
    policy,
    retries: config.ENGRAM_WEBHOOK_RETRIES,
    retrySeconds: config.ENGRAM_WEBHOOK_RETRY_SECONDS,
    answerMilliseconds: 15_000,
  });
  log.info({ url, storage: database.kind, workers: slots }, 'service ready');

  return {
    url,
    adminToken,
    site: folder !== undefined,
    database,
    service,
    worker,
    close: async () => {
      draining = true;
      stopHousekeeping();
      await stopDeliveries();
      streams.closeAll();
      await app.close();
      await worker?.stop();
      await boss.stop({ graceful: true, timeout: 5000 });
      hub.close();
      await database.close();
      log.info('service stopped');
    },
  };
}

/** Listens on the configured port; without one, on the first that is free. */
async function listen(
  app: Awaited<ReturnType<typeof createServer>>,
  { ENGRAM_HOST: host, ENGRAM_PORT }: Config,
): Promise<string> {
  const first = ENGRAM_PORT ?? defaultPort;
  for (let port = first; ; port++) {
    try {
      return await app.listen({ host, port });
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!busy || ENGRAM_PORT !== undefined || port >= first + portsTried) throw error;
    }
  }
}

/** A worker on any machine that reaches the database. */
export async function startRemoteWorker(config: Config, log: Logger = createLog(config.ENGRAM_LOG_LEVEL)) {
  const database = await openDatabase(config, log);
  const boss = await startQueue(database, log);
  const blobs = openBlobs(config, database.db);
  const worker = await startWorker({ database, boss, blobs, log, slots: Math.max(1, config.ENGRAM_WORKERS), config });
  return {
    worker,
    close: async () => {
      await worker.stop();
      await boss.stop({ graceful: true, timeout: 5000 });
      await database.close();
    },
  };
}
