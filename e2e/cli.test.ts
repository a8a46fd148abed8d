import { spawn } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, '..', 'apps', 'cli', 'src', 'main.ts');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-e2e-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the CLI; `during` may act on the process while it runs. */
function engram(
  args: readonly string[],
  during?: (child: ReturnType<typeof spawn>, err: () => string) => void,
  env: SpawnOptions['env'] = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  during?.(child, () => err);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

const tiny = ['--data', 'digits', '--iterations', '30', '--batch', '16', '--hidden', '20', '--out', 'out'];
const run = (...args: string[]): Promise<Outcome> => engram(['run', 'split-mnist', ...tiny, ...args]);
const record = async (path: string): Promise<{ status: string; weightsHash: string; matrix: number[][] }> =>
  JSON.parse(await readFile(join(folder, path), 'utf8')) as {
    status: string;
    weightsHash: string;
    matrix: number[][];
  };

describe('run', () => {
  it('prints the matrix and a table, and reuses what is finished', async () => {
    const first = await run('--scenario', 'task', '--strategy', 'ewc');
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toMatch(/after 5( +\d+){5}/);
    expect(first.out.split('\n').every((line) => line.length <= 80)).toBe(true);
    expect((await run('--scenario', 'task', '--strategy', 'ewc')).err).toContain('finished already');
  });

  it('writes nothing but JSON to stdout when asked', async () => {
    const one = await run('--json');
    expect(JSON.parse(one.out)).toMatchObject({ schema: 'engram.run/1', seed: 0, status: 'finished' });
    const many = await run('--json', '--seeds', '0..1');
    expect((JSON.parse(many.out) as unknown[]).length).toBe(2);
    const events = await run('--jsonl', '--seed', '5');
    const types = events.out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types.at(0)).toBe('run-started');
    expect(types.at(-1)).toBe('finished');
  });

  it('gives the same weights for the same seed', async () => {
    const a = await run('--seed', '3', '--strategy', 'si+er');
    const b = await run('--seed', '3', '--strategy', 'si+er', '--force');
    expect([a.code, b.code]).toEqual([0, 0]);
    const weights = /([0-9a-f]{8})\n/;
    expect(weights.exec(a.out)?.[1]).toBe(weights.exec(b.out)?.[1]);
  });

  it('saves a checkpoint on Ctrl-C, exits 130, and resumes to the same weights', async () => {
    const long = ['--strategy', 'er', '--iterations', '400', '--seed', '1'];
    const stopped = await engram(['run', 'split-mnist', ...tiny, ...long, '--jsonl'], (child) => {
      child.stdout?.on('data', (data: Buffer) => {
        if (data.toString().includes('"type":"task-started","task":2')) child.kill('SIGINT');
      });
    });
    expect(stopped.code).toBe(130);
    expect(stopped.err).toContain('npx engram resume out');
    expect(await record('out/seed-1/run.json')).toMatchObject({ status: 'interrupted' });
    const resumed = await engram(['resume', 'out']);
    expect(resumed.code).toBe(0);
    const straight = await engram(['run', 'split-mnist', ...tiny.slice(0, -1), 'straight', ...long]);
    expect(straight.code).toBe(0);
    expect((await record('out/seed-1/run.json')).weightsHash).toBe(
      (await record('straight/seed-1/run.json')).weightsHash,
    );
    expect(await readdir(join(folder, 'out', 'seed-1'))).toEqual(['model.safetensors', 'run.json']);
  });

  it('stops when the loss is no number: exit 1, the step and the cause, the record kept', async () => {
    const { code, err } = await run('--lr', '1e30');
    expect(code).toBe(1);
    expect(err).toMatch(/at step \d+ of task 1. Likely cause: the learning rate/);
    expect(await record('out/seed-0/run.json')).toMatchObject({ status: 'diverged' });
  });
});

describe('export', () => {
  it('writes the trained model for other programs, with a card, and leaves the results alone', async () => {
    expect((await run('--scenario', 'task', '--strategy', 'xdg')).code).toBe(0);
    expect(await engram(['export', 'out'])).toMatchObject({ code: 0, out: '' });
    const files = await readdir(join(folder, 'out', 'seed-0', 'export-layers'), { recursive: true });
    expect(files.filter((name) => name.endsWith('model.json'))).toHaveLength(5);
    expect(files).toContain('README.md');
    expect((await engram(['export', 'out', '--format', 'safetensors', '--out', 'model'])).code).toBe(0);
    expect((await readdir(join(folder, 'model'))).sort()).toEqual(['README.md', 'model.safetensors']);
    const wrong = await engram(['export', 'out', '--task', '6', '--out', 'none']);
    expect(wrong).toMatchObject({ code: 3, out: '' });
    expect(wrong.err.replaceAll('\n', ' ')).toContain('There is no task 6');
    expect(await readdir(folder)).not.toContain('none');
    expect((await engram(['report', 'out', '--md'])).code).toBe(0);
  });
});

describe('lesion', () => {
  it('shows what is left of each task, whole and damaged, and says what it needs', async () => {
    expect((await run('--scenario', 'task', '--strategy', 'er')).code).toBe(0);
    const last = (await record('out/seed-0/run.json')).matrix.at(-1);
    const text = await engram(['lesion', 'out', '--shares', '0.5', '-q']);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out.split('\n').slice(1, 3).join('\n')).toMatch(/^ +t1 +t2 +t3 +t4 +t5 +mean\nintact( +[\d.]+){6}$/);
    expect(text.out).toMatch(/50 % random .*\n50 % least important .*\n50 % most important /);
    const { out } = await engram(['lesion', 'out', '--target', 'weights', '--remaining', '0.5', '--json', '-q']);
    const { results } = JSON.parse(out) as { results: { which: string; accuracies: number[] }[] };
    expect(results).toHaveLength(16);
    expect(results[0]).toEqual({ which: 'intact', share: 0, accuracies: last });
    expect(await engram(['lesion', 'out', '--shares', '2'])).toMatchObject({ code: 2, out: '' });
    const missing = await engram(['lesion', 'nowhere']);
    expect(missing).toMatchObject({ code: 3, out: '' });
    expect(missing.err).toContain('There is no trained model');
  });
});

describe('compare', () => {
  const compare = ['compare', 'split-mnist', ...tiny, '--strategies', 'none,er', '--seeds', '2', '--jobs', '2'];

  it('shows mean and standard error, is resumed after a kill, and is reported', async () => {
    await engram([...compare, '--iterations', '600'], (child) => {
      const watch = setInterval(() => {
        stat(join(folder, 'out', 'er', 'seed-0', 'checkpoint.bin')).then(
          () => {
            clearInterval(watch);
            child.kill('SIGKILL');
          },
          () => undefined,
        );
      }, 50);
    });
    const resumed = await engram(['resume', 'out']);
    expect(resumed.code).toBe(0);
    expect(resumed.out).toMatch(/none +\d+\.\d ± \d+\.\d/);
    expect(resumed.out).toContain('tasks learned: 1 to 5');
    expect(resumed.out.split('\n').every((line) => line.length <= 80)).toBe(true);

    const straight = await engram([
      'run',
      'split-mnist',
      ...tiny.slice(0, -1),
      'straight',
      '--iterations',
      '600',
      '--strategy',
      'er',
    ]);
    expect(straight.code).toBe(0);
    expect((await record('out/er/seed-0/run.json')).weightsHash).toBe(
      (await record('straight/seed-0/run.json')).weightsHash,
    );

    const report = await engram(['report', 'out', '--md']);
    expect(report.out).toMatch(/\| er \| \d+\.\d ± \d+\.\d \| [+−]\d+\.\d ± \d+\.\d \|/);
    expect((await engram(['report', 'out', '--csv'])).out.split('\n')[1]).toMatch(
      /^digits,split,class,er,0,finished,0,1,/,
    );
    expect((await engram(['report', 'out'])).code).toBe(0);
    expect(await readFile(join(folder, 'out', 'report.html'), 'utf8')).toContain('<h1>Engram report: out</h1>');
  });
});

describe('what is asked for wrongly', () => {
  it.each([
    [['run', 'split-mnits'], 3, /Did you mean "split-mnist"/],
    [['run', 'split-mnist', '--strategy', 'ewx'], 2, /Did you mean "ewc"/],
    [['run', 'split-mnist', '--itertions', '5'], 2, /Did you mean --iterations/],
    [['rnu'], 2, /Did you mean run/],
    [['run', 'split-mnist', '--scenario', 'class', '--strategy', 'xdg'], 2, /xdg must be told the task/],
    [['run', 'split-mnist', '--tasks', '0'], 2, /at least one task/],
    [['run', 'split-mnist', '--tasks', '20'], 2, /has 10 classes, which cannot be divided into 20/],
    [['run', 'split-mnist', '--tasks', 'x'], 2, /expected a whole number, got "x"/],
    [['run', 'split-mnist', '--hidden', '4,,4'], 2, /expected units per layer/],
    [['run', 'split-mnist', '--seeds', '5..1'], 2, /takes a count/],
    [['run', 'split-mnist', '--set', 'training.batchsize=3'], 2, /Did you mean "batchSize"/],
    [['run', 'split-mnist', '--config', 'none.json'], 3, /There is no none.json/],
    [['run', 'split-mnist', '--data', 'nowhere'], 3, /There is no data at nowhere/],
    [['run', 'split-mnist', '--engine', 'gpu'], 2, /Allowed choices are auto/],
    [['run', 'split-mnist', '--json', '--jsonl'], 2, /cannot be used with/],
    [
      ['compare', 'split-mnist', '--strategies', 'none', '--set', 'strategies.ewc.lambda=1'],
      2,
      /names a strategy that is not run/,
    ],
    [['report', 'nowhere'], 3, /There is no folder nowhere/],
    [['export', 'nowhere'], 3, /no trained model in nowhere/],
    [['resume', 'nowhere'], 3, /nothing to resume/],
    [['datasets', 'pull', 'mnst'], 3, /Did you mean "mnist"/],
    [['features', 'pretrain', '--epochs', '0'], 2, /at least one epoch/],
    [
      ['run', 'split-cifar100', '--data', 'cifar10', '--set', 'data.features=nowhere', '--offline'],
      3,
      /not on this machine|cannot be read/,
    ],
    [['completion', 'tcsh'], 3, /Choose from bash, zsh, fish/],
  ] as const)('%j exits %d with the way out', async (args, code, message) => {
    const outcome = await engram(args);
    expect(outcome.err.replaceAll('\n', ' ')).toMatch(message);
    expect(outcome).toMatchObject({ code, out: '' });
  });

  it('leaves nothing half-written where it cannot write', async () => {
    await writeFile(join(folder, 'file'), 'mine');
    const blocked = await engram(['run', 'split-mnist', ...tiny.slice(0, -1), 'file/out']);
    expect(blocked.code).toBe(2);
    expect(blocked.err).toMatch(/a file, not a folder|in the way/);
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('mine');
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('says 8, conflict, when another experiment is in the folder, and --force removes only that', async () => {
    expect((await run()).code).toBe(0);
    await writeFile(join(folder, 'out', 'notes.txt'), 'mine');
    const other = await run('--batch', '17');
    expect(other.code).toBe(8);
    expect(other.err.replaceAll('\n', ' ')).toContain('holds results of another experiment');
    expect((await run('--batch', '17', '--force')).code).toBe(0);
    expect(await readFile(join(folder, 'out', 'notes.txt'), 'utf8')).toBe('mine');
  });
});

describe('the other commands', () => {
  it('print data on stdout that other programs can read', async () => {
    for (const args of [
      ['presets', '--json'],
      ['presets', 'split-mnist', '--json'],
      ['config', 'schema'],
      ['datasets', 'list', '--json'],
    ]) {
      const { code, out } = await engram(args);
      expect(code, args.join(' ')).toBe(0);
      expect(() => void JSON.parse(out), args.join(' ')).not.toThrow();
    }
  });

  it('say where every value comes from', async () => {
    const { out } = await run('--show-origin', '--lr', '0.01', '--strategy', 'ewc');
    expect(out).toContain('optimizer.learningRate = 0.01  (--lr)');
    expect(out).toMatch(/strategies\.ewc\.lambda = 1000000000 {2}\(van de Ven/);
    const env = await engram(['run', 'split-mnist', '--show-origin'], undefined, { ENGRAM_SCENARIO: 'task' });
    expect(env.out).toContain('scenario = "task"  (ENGRAM_SCENARIO)');
  });

  it('complete in a shell', async () => {
    const { out } = await engram(['completion', 'bash']);
    const script = join(folder, 'completion.sh');
    await writeFile(
      script,
      `${out}\nCOMP_WORDS=(engram run --strategy ew); COMP_CWORD=3; _engram; echo "\${COMPREPLY[@]}"`,
    );
    const shell = spawn('bash', [script]);
    let text = '';
    shell.stdout.on('data', (data: Buffer) => (text += data.toString()));
    await new Promise((resolve) => shell.on('close', resolve));
    expect(text.trim()).toBe('ewc');
  });
});
