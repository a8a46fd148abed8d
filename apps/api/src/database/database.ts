import { PGlite } from '@electric-sql/pglite';
import { ServiceError } from '@engram/contracts/service';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { drizzle as drizzleLite } from 'drizzle-orm/pglite';
import { migrate as migrateLite } from 'drizzle-orm/pglite/migrator';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'pg';
import { fromPglite, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { lockFolder } from './lock.ts';
import { pgliteSignals, postgresSignals } from './signals.ts';
import type { Signals } from './signals.ts';

/** A database or a transaction in one. */
export type Db = PgDatabase<NodePgQueryResultHKT>;

export interface Database {
  readonly kind: 'pglite' | 'postgresql';
  readonly db: Db;
  readonly signals: Signals;
  /** A queue on the same database, not yet started. */
  createBoss(): PgBoss;
  /** Connections in use and waiting, where there are several. */
  connections(): { readonly total: number; readonly waiting: number };
  close(): Promise<void>;
}

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));
/** Any number that no other program uses for its advisory locks. */
const migrationLock = 4_600_460_046;

type StorageConfig = Pick<Config, 'DATABASE_URL' | 'ENGRAM_STATE_DIR' | 'ENGRAM_DATABASE_POOL'>;

/** Opens the storage and brings its tables up to date. */
export const openDatabase = (config: StorageConfig, log: Logger): Promise<Database> =>
  config.DATABASE_URL === undefined
    ? openLite(config.ENGRAM_STATE_DIR)
    : openPostgres(config.DATABASE_URL, config.ENGRAM_DATABASE_POOL, log);

async function openLite(folder: string): Promise<Database> {
  const unlock = await lockFolder(join(folder, 'service.lock'));
  try {
    const data = join(folder, 'database');
    await mkdir(data, { recursive: true, mode: 0o700 });
    const lite = await PGlite.create(data);
    const own = drizzleLite(lite);
    await migrateLite(own, { migrationsFolder });
    const signals = await pgliteSignals(lite);
    return {
      kind: 'pglite',
      // both drivers answer with `rows`, which is all that is used of their results
      db: own as unknown as Db,
      signals,
      createBoss: () => new PgBoss({ ...bossOptions, db: fromPglite(lite), backend: 'pglite' }),
      connections: () => ({ total: 1, waiting: 0 }),
      close: async () => {
        await signals.close();
        await lite.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function openPostgres(connectionString: string, max: number, log: Logger): Promise<Database> {
  const pool = new Pool({
    connectionString,
    max,
    application_name: 'engram',
    connectionTimeoutMillis: 10_000,
    // a process that stands still in the middle of a transaction must not hold up the others for long
    idle_in_transaction_session_timeout: 5000,
  });
  // a connection that is lost between two statements tells it twice: the statement fails, and this event comes
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', (error) => log.warn({ error: error.message }, 'an idle database connection was lost'));
  try {
    await migrate(pool);
    const signals = await postgresSignals(connectionString, log);
    return {
      kind: 'postgresql',
      db: drizzlePostgres(pool),
      signals,
      createBoss: () => new PgBoss({ ...bossOptions, connectionString, max: 4, application_name: 'engram queue' }),
      connections: () => ({ total: pool.totalCount, waiting: pool.waitingCount }),
      close: async () => {
        await signals.close();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    if (
      error instanceof Error &&
      'code' in error &&
      ['ECONNREFUSED', 'ENOTFOUND', '28P01', '3D000'].includes(String(error.code))
    ) {
      throw new ServiceError('unavailable', `The database named by DATABASE_URL cannot be used: ${error.message}.`, {
        hint: 'Check that PostgreSQL runs, and the address, name and password in DATABASE_URL.',
        cause: error,
      });
    }
    throw error;
  }
}

/** Several processes may start at once; one of them changes the tables, the others wait for it. */
async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migratePostgres(drizzlePostgres(client), { migrationsFolder });
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]);
    client.release();
  }
}

const bossOptions = {
  schema: 'pgboss',
  schedule: false,
  superviseIntervalSeconds: 30,
  monitorIntervalSeconds: 30,
  maintenanceIntervalSeconds: 600,
  useListenNotify: true,
  openTelemetry: { enabled: false },
};
