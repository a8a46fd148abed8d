import { adam, createLearner, mlp } from '@engram/cl-core';
import { loadEmbedded, splitTasks } from '@engram/datasets';
import { cacheFolder, listDatasets, makeFolder } from '@engram/datasets/node';
import { probeEngines, useEngine } from '@engram/engine';
import { createRng } from '@engram/random';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { hasColour } from '../terminal/style.ts';
import { table, wrap } from '../terminal/table.ts';

/** What works on this machine, what does not and why, and how fast training is. */
export async function doctor({ json }: { readonly json?: boolean }): Promise<ExitCode> {
  const engines = [];
  for (const { name, usable, reason } of await probeEngines()) {
    engines.push({ name, usable, reason, stepsPerSecond: usable ? await speed(name) : null });
  }
  const cache = cacheFolder();
  const report = {
    node: process.version,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1e9),
    engines,
    cache: { folder: cache, writable: await writable(cache) },
    datasets: await listDatasets(),
    terminal: { colour: hasColour(process.stdout), columns: process.stdout.isTTY ? process.stdout.columns : null },
  };
  if (json) {
    console.log(JSON.stringify(report, null, 2));
    return exitCodes.ok;
  }
  console.log(
    `Node ${report.node}, ${report.processor}, ${report.cores} cores, ${report.memoryGigabytes} GB of memory\n`,
  );
  console.log('Engines (steps per second of a 784-400-400-10 network, batch 128):');
  for (const { name, usable, reason, stepsPerSecond } of engines) {
    const line = usable ? `${stepsPerSecond?.toFixed(1) ?? ''} steps/s, ${reason}` : `not usable: ${reason}`;
    console.log(`  ${name.padEnd(11)}${wrap(line, 66).replaceAll('\n', `\n${' '.repeat(13)}`)}`);
  }
  console.log(`\nDownloads are kept in ${cache} (${report.cache.writable ? 'writable' : 'NOT writable'})`);
  console.log(table(report.datasets.map(({ name, available }) => [`  ${name}`, available])));
  return engines.some(({ usable }) => usable) && report.cache.writable ? exitCodes.ok : exitCodes.failed;
}

/** Steps per second over about one second, after a warm-up. */
async function speed(engine: Parameters<typeof useEngine>[0]): Promise<number> {
  await useEngine(engine);
  const dataset = await loadEmbedded('mnist');
  const rng = createRng(0);
  const stream = splitTasks(dataset, {
    tasks: 1,
    scenario: 'class',
    heads: 'multi',
    activeClasses: 'all',
    classOrder: 'natural',
    rng,
  });
  const model = mlp({ inputs: stream.inputSize, hidden: [400, 400], outputs: stream.outputUnits });
  const learner = createLearner({
    model,
    optimizer: adam({ learningRate: 0.001 }),
    strategies: [],
    outputs: stream,
    rng,
  });
  const [task] = stream.tasks;
  const batch = task?.train.batch(Int32Array.from({ length: 128 }, (_, i) => i));
  if (batch === undefined) throw new Error('the embedded data has no task');
  const step = (): void => {
    const loss = learner.step([batch]);
    loss.dataSync();
    loss.dispose();
  };
  step();
  const begun = performance.now();
  let steps = 0;
  for (; performance.now() - begun < 1000; steps++) step();
  const seconds = (performance.now() - begun) / 1000;
  learner.dispose();
  return steps / seconds;
}

async function writable(folder: string): Promise<boolean> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
