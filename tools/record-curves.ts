// node tools/record-curves.ts <folder of run records> <scene>: the mean curves of recorded runs, as small as a page needs
// them, with what is needed to find the records again. Writes the scene's src/recorded.json.
import { RunRecord } from '@engram/contracts';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const [folder, scene] = process.argv.slice(2);
if (folder === undefined || scene === undefined) {
  throw new Error(
    'Which records, for which scene? For example: node tools/record-curves.ts docs/results/runs/x hundred-tasks',
  );
}
const records = globSync('**/run.json', { cwd: join(root, folder) })
  .sort()
  .map((path) => RunRecord.parse(JSON.parse(readFileSync(join(root, folder, path), 'utf8'))));
const [first] = records;
if (first === undefined) throw new Error(`There is no run.json below ${folder}.`);

const byMethod = Map.groupBy(records, ({ spec }) => spec.strategies.map(({ name }) => name).join('+') || 'none');
const rounded = (value: number): number => Math.round(value * 1000) / 1000;
const curves = [...byMethod].map(([method, runs]) => {
  const columns = first.curve.map((_, k) => runs.map(({ curve }) => curve[k] ?? NaN));
  const mean = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  return {
    method,
    specHash: runs[0]?.specHash,
    seeds: runs.map(({ seed }) => seed),
    mean: mean.map(rounded),
    /** Standard deviation over the seeds. */
    spread: columns.map((values, k) =>
      rounded(
        Math.sqrt(
          values.reduce((sum, value) => sum + (value - (mean[k] ?? 0)) ** 2, 0) / Math.max(1, values.length - 1),
        ),
      ),
    ),
  };
});
const { engine, spec } = first;
const recorded = { source: folder, engine, tasks: spec.stream.tasks, hidden: spec.model.hidden, curves };
writeFileSync(join(root, 'libs', 'scenes', scene, 'src', 'recorded.json'), `${JSON.stringify(recorded)}\n`);
