// node tools/record-scene.ts <scene>: runs what a scene begins with on the command line and keeps the records, which its
// still figure is drawn from. The scene's src/experiment.ts exports `schema` and `jobsOf`, and `stillJobs` where the still
// figure shows more than a reader's first run, for example several seeds. Where it exports `stillSeen`, the same runs are
// made once more as a page makes them, and what the scene's probes saw at their end goes through it into src/seen.json.
import { commandOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';
import { createSession } from '@engram/scene-kit/session';
import type { Probe } from '@engram/scene-kit/session';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Experiment {
  readonly schema: { parse(value: unknown): unknown };
  readonly jobsOf: (state: unknown) => readonly Job[];
  readonly stillJobs?: () => readonly Job[];
  readonly stillSeen?: (lastOf: ReadonlyMap<string, unknown>) => unknown;
}

interface Recorded {
  readonly weightsHash: string;
}

const root = join(import.meta.dirname, '..');
const [scene] = process.argv.slice(2);
if (scene === undefined) throw new Error('Which scene? For example: node tools/record-scene.ts forgetting');
const folder = join(root, 'libs', 'scenes', scene, 'src');
const { schema, jobsOf, stillJobs, stillSeen } = (await import(join(folder, 'experiment.ts'))) as Experiment;
const jobs = stillJobs?.() ?? jobsOf(schema.parse({}));
const records = jobs.map((job) => {
  const command = commandOf(job);
  console.log(command);
  const [, , ...args] = command.match(/'[^']*'|\S+/g) ?? [];
  const unquoted = args.map((arg) => arg.replace(/^'(.*)'$/, '$1'));
  const main = join(root, 'apps', 'cli', 'src', 'main.ts');
  const json = execFileSync(process.execPath, [main, ...unquoted, '--json', '--quiet', '--force'], {
    encoding: 'utf8',
  });
  return JSON.parse(json) as Recorded;
});
writeFileSync(join(folder, 'recorded.json'), `${JSON.stringify(records)}\n`);
if (stillSeen !== undefined) {
  const probes = (await import(join(folder, 'probes.ts'))) as Readonly<Record<string, Probe>>;
  writeFileSync(join(folder, 'seen.json'), `${JSON.stringify(stillSeen(await lastSeen(probes)))}\n`);
}

/** What each job's probe saw last, by the job's id. Throws if a run ends with other weights than on the command line. */
async function lastSeen(probes: Readonly<Record<string, Probe>>): Promise<ReadonlyMap<string, unknown>> {
  const seen = new Map<string, unknown>();
  const hashes: string[] = [];
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const command = createSession((message) => {
    if (message.type === 'seen') seen.set(message.job, message.value);
    if (message.type === 'event' && message.event.type === 'finished') hashes.push(message.event.record.weightsHash);
    if (message.type === 'ended' || message.type === 'failed') resolve(undefined);
  }, probes);
  command({ type: 'start', jobs });
  await promise;
  const expected = records.map(({ weightsHash }) => weightsHash);
  if (hashes.join() !== expected.join()) {
    throw new Error(`The same runs ended with other weights: ${hashes.join(', ')} instead of ${expected.join(', ')}.`);
  }
  return seen;
}
