import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// a machine that does much else at the same time needs longer for the same
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const main = join(import.meta.dirname, '..', 'apps', 'cli', 'src', 'main.ts');
const token = 'engram_e2e_0123456789abcdefghijklmnopqrstuvwxyz';

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let folder: string;
let server: ChildProcess;
let url: string;

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', ENGRAM_CONFIG_DIR: join(folder, 'config'), ...env },
  });
}

function engram(
  args: readonly string[],
  {
    input,
    env,
    during,
  }: { input?: string; env?: Readonly<Record<string, string>>; during?: (err: string, out: string) => void } = {},
): Promise<Outcome> {
  const child = start(args, env);
  let out = '';
  let err = '';
  child.stdout?.on('data', (data: Buffer) => {
    out += data.toString();
    during?.(err, out);
  });
  child.stderr?.on('data', (data: Buffer) => {
    err += data.toString();
    during?.(err, out);
  });
  child.stdin?.end(input ?? '');
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err: err.replaceAll('\n', ' ') })));
}

const remote = (...args: string[]): Promise<Outcome> => engram(['remote', ...args]);
const json = async (...args: string[]): Promise<unknown> => {
  const { code, out, err } = await remote(...args, '--json');
  expect(code, err).toBe(0);
  return JSON.parse(out);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-remote-'));
  server = start(['serve', '--port', '0', '--state', join(folder, 'state'), '--workers', '1'], {
    ENGRAM_ADMIN_TOKEN: token,
    ENGRAM_LOG_LEVEL: 'silent',
  });
  url = await new Promise((resolve, reject) => {
    server.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim()));
    server.on('close', (code) => reject(new Error(`the service ended with ${code ?? 'a signal'}`)));
  });
  expect((await engram(['remote', 'login', url], { input: `${token}\n` })).code).toBe(0);
});
afterAll(async () => {
  server.removeAllListeners('close');
  const closed = new Promise((resolve) => server.on('close', resolve));
  server.kill('SIGTERM');
  await closed;
  await rm(folder, { recursive: true, force: true });
});

const tiny = ['--data', 'digits', '--scenario', 'task', '--batch', '16', '--hidden', '20', '--iterations'];

describe('a token', () => {
  it('is kept where only its owner reads it, and never shown', async () => {
    const file = join(folder, 'config', 'credentials.json');
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toContain(token);
    const again = await engram(['remote', 'login', url], { input: `${token}\n` });
    expect(again.err + again.out).not.toContain(token);
  });

  it('may come from the environment, and is refused with 4 where it is wrong', async () => {
    const env = { ENGRAM_URL: url, ENGRAM_CONFIG_DIR: join(folder, 'none') };
    expect((await engram(['remote', 'ls'], { env: { ...env, ENGRAM_TOKEN: token } })).code).toBe(0);
    expect(await engram(['remote', 'ls'], { env: { ...env, ENGRAM_TOKEN: 'engram_wrong' } })).toMatchObject({
      code: 4,
      out: '',
    });
    expect(await engram(['remote', 'ls'], { env })).toMatchObject({ code: 4, out: '' });
    expect(await engram(['remote', 'login', url], { input: 'engram_wrong\n' })).toMatchObject({ code: 4 });
    expect(await engram(['remote', 'login', 'http://example.com'], { input: 'x' })).toMatchObject({ code: 2 });
  });
});

describe('a run on the service', () => {
  it('is submitted as a local one is, watched, listed, pulled, reported, exported and compared', async () => {
    const submitted = await remote(
      'submit',
      'split-mnist',
      ...tiny,
      '30',
      '--strategy',
      'ewc',
      '--seeds',
      '2',
      '--id',
      'two',
      '--watch',
    );
    expect([submitted.code, submitted.out.trim()]).toEqual([0, 'two']);
    expect(submitted.err).toContain('two.1 (seed 0) succeeded');
    // again: nothing happens twice
    expect(
      await remote('submit', 'split-mnist', ...tiny, '30', '--strategy', 'ewc', '--seeds', '2', '--id', 'two'),
    ).toMatchObject({ code: 0, err: expect.stringContaining('submitted before') as string });
    expect((await json('ls', '--parent', 'two')) as object).toMatchObject({
      items: [{ id: 'two.2' }, { id: 'two.1' }],
    });
    expect(await json('show', 'two.1')).toMatchObject({ status: 'succeeded', seed: 0 });
    expect(await json('compare', 'two')).toMatchObject({
      groups: [{ label: 'ewc', metrics: { averageAccuracy: { n: 2 } } }],
    });

    expect((await remote('pull', 'two', '--out', 'pulled')).code).toBe(0);
    expect((await readdir(join(folder, 'pulled', 'seed-0'))).sort()).toEqual([
      'events.jsonl',
      'model.safetensors',
      'run.json',
    ]);
    expect((await remote('pull', 'two', '--out', 'pulled')).code).toBe(8);
    expect((await engram(['report', 'pulled', '--md'])).out).toContain('ewc');
    expect((await engram(['export', 'pulled', '--seed', '0'])).code).toBe(0);

    // the same weights as on this machine, from the specification that was pulled
    const local = await engram([
      'run',
      'split-mnist',
      ...tiny,
      '30',
      '--strategy',
      'ewc',
      '--seed',
      '0',
      '--out',
      'local',
      '--json',
    ]);
    const record = JSON.parse(await readFile(join(folder, 'pulled', 'seed-0', 'run.json'), 'utf8')) as {
      weightsHash: string;
    };
    expect((JSON.parse(local.out) as { weightsHash: string }).weightsHash).toBe(record.weightsHash);
    expect((await remote('submit', 'pulled', '--id', 'from-folder', '--dry-run')).code).toBe(0);
  });

  it('is canceled, resumed and canceled again', async () => {
    await remote('submit', 'split-mnist', ...tiny, '100000', '--id', 'endless');
    expect(await json('cancel', 'endless')).toMatchObject({ items: [{ id: 'endless' }] });
    expect((await remote('watch', 'endless')).code).toBe(1);
    expect((await remote('resume', 'endless')).out).toMatch(/^endless queued/);
    expect((await remote('cancel', 'endless')).code).toBe(0);
    expect((await remote('watch', 'endless', '-q')).code).toBe(1);
  });

  it('is watched across lost connections, each event once and in order', async () => {
    // a proxy that breaks every connection after a while
    const open = new Set<Socket>();
    const { port } = new URL(url);
    const proxy = createServer((near) => {
      const far = connect(Number(port), '127.0.0.1');
      near.pipe(far).pipe(near);
      for (const socket of [near, far]) {
        open.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => open.delete(socket));
      }
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const through = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await remote('submit', 'split-mnist', ...tiny, '2000', '--id', 'watched');
    let broken = 0;
    const { code, out } = await engram(['remote', 'watch', 'watched', '--jsonl'], {
      env: { ENGRAM_URL: through, ENGRAM_TOKEN: token },
      during: (_, seen) => {
        if (broken >= 2 || seen.split('\n').length < 10 * (broken + 1)) return;
        broken++;
        for (const socket of open) socket.destroy();
      },
    });
    proxy.close();
    const numbers = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { seq: number }).seq);
    expect([code, broken]).toEqual([0, 2]);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });

  it('is listed beyond the hundred of one page', async () => {
    const { out } = await remote(
      'submit',
      'split-mnist',
      ...tiny,
      '1',
      '--seeds',
      '0..104',
      '--id',
      'many',
      '--priority',
      'low',
    );
    expect(out.trim()).toBe('many');
    const { items } = (await json('ls', '--parent', 'many', '--all')) as { items: { id: string }[] };
    expect(new Set(items.map(({ id }) => id)).size).toBe(105);
    expect(((await json('ls', '--parent', 'many', '--limit', '101')) as { items: unknown[] }).items).toHaveLength(101);
    await remote('cancel', 'many');
  });
});

describe('what is asked for wrongly', () => {
  it.each([
    [['show', 'missing'], 3, /no run "missing"/],
    [['watch', 'missing'], 3, /no run/],
    [['submit', 'split-mnits'], 3, /Did you mean "split-mnist"/],
    [['submit', 'split-mnist', '--data', 'folder/data.csv'], 2, /on this machine/],
    [['submit', 'missing.json'], 3, /There is no missing.json/],
    [['ls', '--status', 'done'], 2, /Allowed choices are queued/],
    [['ls', '--url', 'http://127.0.0.1:1'], 4, /no token for/],
    [['cancel', 'two'], 8, /has succeeded; it cannot be canceled/],
  ] as const)('%j exits %d with the way out', async (args, code, message) => {
    const outcome = await remote(...args);
    expect(outcome.err).toMatch(message);
    expect(outcome).toMatchObject({ code, out: '' });
  });

  it('exits 6 where nobody listens', async () => {
    const env = { ENGRAM_URL: 'http://127.0.0.1:9', ENGRAM_TOKEN: token };
    expect(await engram(['remote', 'ls'], { env })).toMatchObject({ code: 6, out: '' });
  });
});
