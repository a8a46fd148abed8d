import type { ExperimentSpec, RunRecord } from '@engram/contracts';
import { buildSpec, runExperiment } from '@engram/experiment';
import { nodeEnvironment } from '@engram/experiment/node';
import { exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import { matrixLines, matrixWidth, sideBySide } from '../terminal/matrix.ts';
import { createProgress, duration } from '../terminal/progress.ts';
import { styleFor } from '../terminal/style.ts';
import { percent, wrap } from '../terminal/table.ts';
import type { EngineName } from '@engram/engine';
import { version } from '../version.ts';

/** The four ways the demo trains the same network, in the order in which they are told. */
const ways = [
  { strategy: 'none', title: 'one after the other' },
  { strategy: 'er', title: 'cure 1: replay' },
  { strategy: 'xdg', title: 'cure 2: gating' },
  { strategy: 'joint', title: 'shuffled together' },
] as const;

const iterations = 300;

/** The same small network for all: two outputs shared by the five pairs, so that learning a pair can overwrite another. */
const specOf = (strategy: string): ExperimentSpec =>
  buildSpec({
    preset: 'split-mnist',
    scenario: 'task',
    strategy,
    iterations,
    batch: 64,
    hidden: [100, 100],
    config: { heads: 'single', stream: { classOrder: 'natural' } },
    set: strategy === 'xdg' ? ['strategies.xdg.gatedFraction=0.8'] : [],
  }).spec;

export async function demo({
  engine,
  quiet,
  seed,
}: {
  readonly engine: EngineName | 'auto';
  readonly quiet?: boolean;
  readonly seed: number;
}): Promise<ExitCode> {
  const out = styleFor(process.stdout);
  const say = (line: string): void => {
    if (!quiet) console.error(line);
  };
  const interrupt = interruptible(() => undefined);
  const environment = await nodeEnvironment({ engine, version, offline: true, say });
  console.log(out.bold('Engram demo: a network forgets, and is cured'));
  console.log(
    wrap(
      `A network of 784-100-100-2 units learns to tell apart five pairs of handwritten digits (0/1, 2/3, … 8/9), ${iterations} steps each: is it the first or the second of the pair? Real training, on 10,000 MNIST digits, engine ${environment.engine.name} (${environment.engine.variant}).`,
    ),
  );
  if (environment.engine.name === 'cpu')
    say('The fast engine is not built here, so this takes some minutes; "engram doctor" says why.');
  const begun = performance.now();
  const records: RunRecord[] = [];
  for (const { strategy, title } of ways) {
    const progress = createProgress(title, {
      stream: process.stderr,
      style: styleFor(process.stderr),
      quiet: quiet ?? false,
    });
    for await (const event of runExperiment(specOf(strategy), { seed, environment, signal: interrupt.signal })) {
      progress.show(event);
      if ('record' in event) records.push(event.record);
    }
    progress.clear();
    if (interrupt.signal.aborted) return interrupt.code();
  }
  const width = matrixWidth(5);
  const block = (i: number) => ({
    title: ways[i]?.title ?? '',
    lines: matrixLines(records[i]?.matrix ?? [], out),
    width,
  });
  console.log(`\nAccuracy in percent on pair t1 … t5 (columns) after each pair learned (rows):\n`);
  console.log(sideBySide([block(0), block(1)], 12));
  console.log('');
  console.log(sideBySide([block(2), block(3)], 12));
  console.log('');
  for (const finding of findings(records)) console.log(wrap(finding));
  console.log(
    `\nTook ${duration((performance.now() - begun) / 1000)}. Try next:\n` +
      '  npx engram run split-mnist --scenario class --strategy er\n' +
      '  npx engram compare split-mnist --scenario class --strategies none,ewc,er,joint\n' +
      '  npx engram presets',
  );
  return exitCodes.ok;
}

/** One sentence per way, each from the numbers of this very run. */
function findings(records: readonly RunRecord[]): string[] {
  const [plain, replay, gating, joint] = records;
  if (!plain || !replay || !gating || !joint) throw new Error('a run of the demo is missing');
  const first = (record: RunRecord): string => percent(record.matrix.at(-1)?.[0]);
  const average = (record: RunRecord): string => percent(record.summary.averageAccuracy);
  return [
    `- One after the other: pair 0/1 falls from ${percent(plain.matrix[1]?.[0])} % when just learned to ${first(plain)} % at the end (chance is 50 %); on average over the pairs ${average(plain)} % is left.`,
    `- Cure 1, replay of a few stored examples as the sleeping brain replays its day: ${average(replay)} % on average, ${first(replay)} % on 0/1.`,
    `- Cure 2, gating: each pair may use only a random fifth of the hidden units, another for each pair, so less is overwritten: ${average(gating)} % on average, ${first(gating)} % on 0/1. It must be told which pair it is looking at.`,
    `- Shuffled together, the same network reaches ${average(joint)} %: it always had room for all five pairs. What was missing was not capacity.`,
  ];
}
