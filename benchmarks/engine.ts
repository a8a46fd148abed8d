/**
 * Milliseconds of one training step, ours beside PyTorch on one core: `node benchmarks/engine.ts [--write] [--install]`.
 *
 * Every contender has a process of its own that stays for all rounds; the rounds alternate between them, and the median of the
 * rounds counts. A round is the processor time of the process over at least a second of steps, which is the time that passes
 * on an idle core and does not count what other programs take. PyTorch is Debian's `python3-torch` (1.13) in
 * `/usr/bin/python3`, which `--install` installs; it runs in the environment as it is and, where
 * the processor has AVX-512, with those kernels of its BLAS library. `--write` puts the table into docs/results/engine.md, above the words kept there.
 */
import { loadEmbedded } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import type { EngineName } from '@engram/engine';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { replaceBetween } from './report.ts';
import { gigaflops, products, productsAlone, workloads } from './workloads.ts';

const rounds = 3;
const seconds = 1;

/** Answers lines `<workload> <seconds>` with the processor time of a step, and with the gigaflops of its products. */
async function serve(engine: EngineName): Promise<void> {
  const { name, variant } = await useEngine(engine);
  const mnist = await loadEmbedded('mnist');
  console.log(`${name} ${variant}`);
  for await (const line of createInterface({ input: process.stdin })) {
    const [, title = '', time = '1'] = /^(.*) (\S+)$/.exec(line) ?? [];
    const alone = /^GEMM (.*)$/.exec(title)?.[1] ?? '';
    const training = products[alone] ? productsAlone(products[alone]) : workloads[title]?.start(mnist);
    if (training === undefined) throw new Error(`no workload ${title}`);
    // long enough for the compiler of JavaScript to have seen everything
    for (let i = 0, until = performance.now() + 1500; i < 20 || (i < 200 && performance.now() < until); i++)
      training.step();
    const begun = performance.now();
    const used = process.cpuUsage();
    let steps = 0;
    for (; steps < 5 || performance.now() - begun < Number(time) * 1000; steps++) training.step();
    const { user, system } = process.cpuUsage(used);
    training.dispose();
    console.log((user + system) / 1000 / steps);
  }
}

interface Contender {
  readonly title: string;
  readonly time: (workload: string, seconds: number) => Promise<number>;
  readonly stop: () => void;
}

async function contender(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Contender> {
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', ...environment };
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ${args.join(' ')} ended early`);
    return value;
  };
  return {
    title: await next(),
    time: async (workload, time) => {
      child.stdin.write(`${workload} ${time}\n`);
      return Number(await next());
    },
    stop: () => child.stdin.end(),
  };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

/** The medians of alternating rounds, one per contender. */
async function alternate(contenders: readonly Contender[], workload: string): Promise<number[]> {
  const times: number[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { time }] of contenders.entries()) times[i]?.push(await time(workload, seconds));
  }
  return times.map(median);
}

async function compare(write: boolean): Promise<void> {
  const self = import.meta.filename;
  const python = [new URL('pytorch.py', import.meta.url).pathname];
  const avx512 = /avx512f/.test(readFileSync('/proc/cpuinfo', 'utf8'));
  const installed = await contender('/usr/bin/python3', python);
  const forced = avx512 ? [await contender('/usr/bin/python3', python, { OPENBLAS_CORETYPE: 'SkylakeX' })] : [];
  const ours = [
    await contender(process.execPath, [self, '--serve', 'native']),
    await contender(process.execPath, [self, '--serve', 'wasm']),
  ];
  const all = [installed, ...forced, ...ours];
  const rows: string[][] = [];
  const fastest: string[] = [];
  for (const [title, { goals }] of Object.entries(workloads)) {
    const times = await alternate(all, title);
    const [reference = NaN] = times;
    const own = times.slice(-2);
    rows.push([
      title,
      ...times.slice(0, -2).map((time) => time.toFixed(2)),
      ...own.flatMap((time, i) => [time.toFixed(2), (time / reference).toFixed(2), `≤ ${goals[i]}`]),
    ]);
    console.log(rows.at(-1)?.join('\t'));
    const list = products[title];
    if (list === undefined) continue;
    const work = gigaflops(list);
    const blas = await alternate([forced[0] ?? installed, ours[0] as Contender], `GEMM ${title}`);
    const [library = NaN, kernels = NaN] = blas;
    fastest.push(
      `The matrix products of ${title} alone take ${library.toFixed(2)} ms with ${(forced[0] ?? installed).title} (${((work / library) * 1000).toFixed(0)} GFLOP/s) and ` +
        `${kernels.toFixed(2)} ms with ours (${((work / kernels) * 1000).toFixed(0)} GFLOP/s); the native step takes ${((own[0] ?? NaN) / Math.min(library, kernels)).toFixed(2)} times the faster of the two.`,
    );
    console.log(fastest.at(-1));
  }
  for (const { stop } of all) stop();
  if (!write) return;
  const header = [
    'step',
    ...all.slice(0, -2).map(({ title }) => `${title}, ms`),
    ...ours.flatMap(({ title }) => [`${title}, ms`, 'ratio', 'goal']),
  ];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [line(header), line(header.map((_cell, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
  const measured = `Medians of ${rounds} alternating rounds on one core of: ${cpus()[0]?.model.trim() ?? 'unknown'}. Ratios are to the first column.\n\n${table}\n\n${fastest.join('\n\n')}`;
  replaceBetween('steps', measured);
}

const [mode, engine] = process.argv.slice(2);
if (mode === '--serve') await serve(engine === 'wasm' ? 'wasm' : 'native');
else {
  if (process.argv.includes('--install')) {
    const packages = ['python3-torch', 'libopenblas0-pthread'];
    const { status } = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      stdio: 'inherit',
    });
    if (status !== 0)
      throw new Error(`apt-get could not install ${packages.join(' and ')}. Install them and leave out --install.`);
  }
  await compare(process.argv.includes('--write'));
}
