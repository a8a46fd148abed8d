import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

export interface TestPostgres {
  /** Of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Stops the server as its operator would, and starts it again; undefined for a server that is not ours. */
  readonly restart: (() => Promise<void>) | undefined;
  stop(): Promise<void>;
}

const versions = '/usr/lib/postgresql';

const binaries = (): string | undefined =>
  existsSync(versions)
    ? readdirSync(versions)
        .map((version) => join(versions, version, 'bin'))
        .find((folder) => existsSync(join(folder, 'postgres')))
    : undefined;

/** Where tests find PostgreSQL: the server that DATABASE_URL names, or the programs of this system. */
export const postgresHere: boolean = process.env['DATABASE_URL'] !== undefined || binaries() !== undefined;

/** Said once beside what is skipped. */
export const noPostgres = 'there is no PostgreSQL here: set DATABASE_URL, or install the package postgresql';

export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined) {
    return { createDatabase: () => createDatabase(given), restart: undefined, stop: () => Promise.resolve() };
  }
  const bin = binaries();
  if (bin === undefined) throw new Error(noPostgres);
  // PostgreSQL refuses to run as root
  const owner =
    process.getuid?.() === 0
      ? { uid: Number(execFileSync('id', ['-u', 'postgres'])), gid: Number(execFileSync('id', ['-g', 'postgres'])) }
      : undefined;
  const as = owner ?? {};
  const folder = await mkdtemp(join(tmpdir(), 'engram-postgres-'));
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const make = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'];
  execFileSync(join(bin, 'initdb'), make, { ...as, cwd: folder, stdio: 'ignore' });
  const port = await freePort();
  const run = (): Promise<ChildProcess> =>
    new Promise<ChildProcess>((resolve, reject) => {
      const flags = [
        '-D',
        data,
        '-k',
        folder,
        '-p',
        String(port),
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'max_connections=200',
      ];
      const server = spawn(join(bin, 'postgres'), flags, { ...as, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      server.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-2000);
        if (said.includes('ready to accept')) resolve(server);
      });
      server.on('exit', () => reject(new Error(`PostgreSQL ended: ${said}`)));
    });
  const end = (server: ChildProcess): Promise<void> =>
    new Promise((resolve) => {
      server.on('exit', () => resolve());
      server.kill('SIGINT');
    });
  let server: ChildProcess = await run();
  return {
    createDatabase: () => createDatabase(`postgres://postgres@127.0.0.1:${port}/postgres`),
    restart: async () => {
      await end(server);
      server = await run();
    },
    stop: async () => {
      await end(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createDatabase(server: string): Promise<string> {
  const name = `engram_test_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
