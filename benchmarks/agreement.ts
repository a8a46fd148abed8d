/**
 * How far the losses of whole trainings move from those of TensorFlow.js' own kernels over 100 steps, at full size:
 * `node benchmarks/agreement.ts [--write] [workload …]` (default W1, W3 and W4s). The convolutions of TensorFlow.js take about ten seconds
 * a step. `--write` puts the table into docs/results/engine.md.
 */
import { loadEmbedded } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import type { EngineName } from '@engram/engine';
import { replaceBetween } from './report.ts';
import { workloads } from './workloads.ts';

const steps = 100;
const mnist = await loadEmbedded('mnist');

async function losses(engine: EngineName, title: string): Promise<number[]> {
  await useEngine(engine);
  const training = workloads[title]?.start(mnist);
  if (training === undefined)
    throw new RangeError(`no workload ${title}; there are ${Object.keys(workloads).join(', ')}`);
  const found = Array.from({ length: steps }, () => training.step());
  training.dispose();
  return found;
}

const farthest = (own: readonly number[], stock: readonly number[]): number =>
  Math.max(...own.map((loss, i) => Math.abs(loss / (stock[i] ?? NaN) - 1)));

const chosen = process.argv.slice(2).filter((argument) => argument !== '--write');
const rows: string[] = [];
for (const title of chosen.length > 0 ? chosen : ['W1', 'W3', 'W4s']) {
  const stock = await losses('cpu', title);
  const own = [await losses('native', title), await losses('wasm', title)];
  const ends = [stock[0] ?? NaN, stock.at(-1) ?? NaN].map((loss) => loss.toFixed(4));
  rows.push(`| ${[title, ...ends, ...own.map((found) => farthest(found, stock).toExponential(1))].join(' | ')} |`);
  console.log(rows.at(-1));
}
if (process.argv.includes('--write')) {
  const head =
    '| training | first loss | last loss | native, largest difference | wasm, largest difference |\n| --- | ---: | ---: | ---: | ---: |';
  replaceBetween('agreement', `${head}\n${rows.join('\n')}`);
}
