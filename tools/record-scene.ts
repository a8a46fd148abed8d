// node tools/record-scene.ts <scene>: runs what a scene begins with on the command line and keeps the records, which its
// still figure is drawn from. The scene's src/experiment.ts exports `schema` and `jobsOf`.
import { commandOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Experiment {
  readonly schema: { parse(value: unknown): unknown };
  readonly jobsOf: (state: unknown) => readonly Job[];
}

const root = join(import.meta.dirname, '..');
const [scene] = process.argv.slice(2);
if (scene === undefined) throw new Error('Which scene? For example: node tools/record-scene.ts forgetting');
const folder = join(root, 'libs', 'scenes', scene, 'src');
const { schema, jobsOf } = (await import(join(folder, 'experiment.ts'))) as Experiment;
const records = jobsOf(schema.parse({})).map((job) => {
  const command = commandOf(job);
  console.log(command);
  const [, , ...args] = command.match(/'[^']*'|\S+/g) ?? [];
  const unquoted = args.map((arg) => arg.replace(/^'(.*)'$/, '$1'));
  const main = join(root, 'apps', 'cli', 'src', 'main.ts');
  const json = execFileSync(process.execPath, [main, ...unquoted, '--json', '--quiet', '--force'], {
    encoding: 'utf8',
  });
  return JSON.parse(json) as unknown;
});
writeFileSync(join(folder, 'recorded.json'), `${JSON.stringify(records)}\n`);
