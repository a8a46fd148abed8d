/**
 * How far the losses of whole trainings move from those of TensorFlow.js' own kernels over 100 steps: `node benchmarks/agreement.ts [--write]`.
 * W1 and W3 are the workloads of engine.ts; W4s has 16 pictures a batch, since TensorFlow.js takes ten seconds for a step of 128. `--write`
 * puts the table into docs/results/engine.md.
 */
import { loadEmbedded } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import type { EngineName } from '@engram/engine';
import { replaceBetween } from './report.ts';
import { autoencoder, classifier, convnet, small } from './workloads.ts';
import type { Training } from './workloads.ts';

const steps = 100;
const mnist = await loadEmbedded('mnist');

const trainings: Readonly<Record<string, () => Training>> = {
  W1: () => classifier(mnist, small),
  W3: () => autoencoder(mnist),
  'W4s, batch 16': () => convnet([16, 32, 64], [2, 2, 2], 16),
};

async function losses(engine: EngineName, start: () => Training): Promise<number[]> {
  await useEngine(engine);
  const training = start();
  const found = Array.from({ length: steps }, () => training.step());
  training.dispose();
  return found;
}

const farthest = (own: readonly number[], stock: readonly number[]): number =>
  Math.max(...own.map((loss, i) => Math.abs(loss / (stock[i] ?? NaN) - 1)));

const rows: string[] = [];
for (const [title, start] of Object.entries(trainings)) {
  const stock = await losses('cpu', start);
  const own = [await losses('native', start), await losses('wasm', start)];
  const ends = [stock[0] ?? NaN, stock.at(-1) ?? NaN].map((loss) => loss.toFixed(4));
  rows.push(`| ${[title, ...ends, ...own.map((found) => farthest(found, stock).toExponential(1))].join(' | ')} |`);
  console.log(rows.at(-1));
}
if (process.argv.includes('--write')) {
  const head =
    '| training | first loss | last loss | native, largest difference | wasm, largest difference |\n| --- | ---: | ---: | ---: | ---: |';
  replaceBetween('agreement', `${head}\n${rows.join('\n')}`);
}
