/**
 * Milliseconds of one training step, ours beside PyTorch on one core: `node benchmarks/engine.ts [--write]`.
 *
 * Every engine has a process of its own that stays for all rounds; the rounds alternate between them, and the median of the
 * rounds counts. PyTorch is whatever `/usr/bin/python3` finds (Debian: python3-torch with libopenblas0-pthread). `--write` puts the table
 * into docs/results/engine.md.
 */
import { adam, brainInspiredReplay, createLearner, ewc, mlp, si } from '@engram/cl-core';
import type { Strategy } from '@engram/cl-core';
import { loadEmbedded, splitTasks } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import type { EngineName } from '@engram/engine';
import { createRng } from '@engram/random';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';

interface Workload {
  readonly hidden: readonly number[];
  readonly batch: number;
  /** Tasks learned before, with a few steps each. */
  readonly before: number;
  readonly strategies: () => readonly Strategy[];
  /** Largest ratio to PyTorch that the project asks for: native, wasm. */
  readonly goals: readonly [number, number];
}

const fisher = { estimator: 'exact', examples: 128, batchSize: 128 } as const;
const w1 = { hidden: [400, 400], batch: 128, before: 0, strategies: () => [] };
const workloads: Readonly<Record<string, Workload>> = {
  W1: { ...w1, goals: [0.7, 3.5] },
  W2: { ...w1, hidden: [2000, 2000], batch: 256, goals: [0.6, 4] },
  'W1 + EWC after 5 tasks': { ...w1, before: 5, strategies: () => [ewc({ lambda: 1e-3, fisher })], goals: [0.25, 1] },
  'W1 + SI': { ...w1, before: 1, strategies: () => [si({ c: 1e-3 })], goals: [0.9, 3.5] },
  'BI-R step': { ...w1, before: 4, strategies: () => [brainInspiredReplay()], goals: [0.85, 3.8] },
};

/** Answers lines `<workload> <seconds>` with the median time of a step: the whole learner, batch reading included. */
async function serve(engine: EngineName): Promise<void> {
  const { name, variant } = await useEngine(engine);
  const mnist = await loadEmbedded('mnist');
  console.log(`${name} ${variant}`);
  for await (const line of createInterface({ input: process.stdin })) {
    const [, title = '', seconds = '1'] = /^(.*) (\S+)$/.exec(line) ?? [];
    const workload = workloads[title];
    if (workload === undefined) throw new Error(`no workload ${title}`);
    console.log(stepTime(workload, Number(seconds) * 1000));
  }

  function stepTime({ hidden, batch, before, strategies }: Workload, milliseconds: number): number {
    const rng = createRng(1);
    const stream = splitTasks(mnist, {
      tasks: 5,
      scenario: 'class',
      heads: 'multi',
      activeClasses: 'all',
      classOrder: 'natural',
      rng,
    });
    const learner = createLearner({
      model: mlp({ inputs: stream.inputSize, hidden, outputs: stream.outputUnits }),
      optimizer: adam({ learningRate: 0.001 }),
      strategies: strategies(),
      outputs: stream,
      rng,
    });
    const times: number[] = [];
    for (let done = 0; done <= before; done++) {
      const task = stream.tasks[Math.min(done, 4)];
      if (task === undefined) throw new Error('no task');
      learner.beginTask(task.index);
      const last = done === before;
      const until = performance.now() + (last ? milliseconds : 0);
      for (let step = 0; step < 8 || performance.now() < until; step++) {
        const begun = performance.now();
        const loss = learner.step([task.train.batch(rng.fork(step).sample(task.train.count, batch))]);
        loss.dataSync();
        loss.dispose();
        if (last && step >= 3) times.push(performance.now() - begun);
      }
      if (!last) learner.consolidate(task.index, task.train);
    }
    learner.dispose();
    return median(times);
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

/** A process that answers one line per line. */
async function contender(command: string, args: readonly string[]) {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ${args.join(' ')} ended early`);
    return value;
  };
  return {
    title: await next(),
    time: async (workload: string, seconds: number): Promise<number> => {
      child.stdin.write(`${workload} ${seconds}\n`);
      return Number(await next());
    },
    stop: () => child.stdin.end(),
  };
}

async function compare(write: boolean): Promise<void> {
  const self = import.meta.filename;
  const torch = await contender('/usr/bin/python3', [new URL('pytorch.py', import.meta.url).pathname]);
  const ours = [
    await contender(process.execPath, [self, '--serve', 'native']),
    await contender(process.execPath, [self, '--serve', 'wasm']),
  ];
  const all = [torch, ...ours];
  const rows: string[][] = [];
  for (const [title, { goals }] of Object.entries(workloads)) {
    const rounds: number[][] = all.map(() => []);
    for (let round = 0; round < 5; round++) {
      for (const [i, { time }] of all.entries()) rounds[i]?.push(await time(title, 1));
    }
    const [reference = NaN, ...own] = rounds.map(median);
    rows.push([
      title,
      reference.toFixed(2),
      ...own.flatMap((milliseconds, i) => [
        milliseconds.toFixed(2),
        (milliseconds / reference).toFixed(2),
        `≤ ${goals[i]}`,
      ]),
    ]);
    console.log(rows.at(-1)?.join('\t'));
  }
  for (const { stop } of all) stop();
  if (!write) return;
  const header = ['step', `${torch.title}, ms`, ...ours.flatMap(({ title }) => [`${title}, ms`, 'ratio', 'goal'])];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [line(header), line(header.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
  writeFileSync(
    new URL('../docs/results/engine.md', import.meta.url),
    `# Time of a training step\n\nWritten by \`node benchmarks/engine.ts --write\` on one core of: ${cpus()[0]?.model.trim() ?? 'unknown'}. Medians of five alternating rounds.\nW1: 784-400-400-10, batch 128; W2: 784-2000-2000-10, batch 256; BI-R: W1 with its generator, 128 replayed rows. Ours includes reading the\nbatch from bytes. Convolutions are not measured: they still run on TensorFlow.js' own kernels.\n\n${table}\n`,
  );
}

const [mode, engine] = process.argv.slice(2);
if (mode === '--serve') await serve(engine === 'wasm' ? 'wasm' : 'native');
else await compare(mode === '--write');
