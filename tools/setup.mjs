// What both `npm start` and `npm test` need first: packages, native kernels. Runs on any Node from 20, without packages.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');

/** The environment in which every command finds the pinned Node and the packages' programs first. */
export const environment = () => ({ ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` });

/** Installs packages if the lock file changed since the last time, and builds the native kernels. */
export function setUp() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.engram-lock');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    console.error('Installing the packages (npm ci) …');
    const { status } = spawnSync('npm', ['ci'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (status !== 0) {
      console.error('npm ci failed; its words are above. Check the connection to the registry and run this again.');
      process.exit(1);
    }
    writeFileSync(stamp, wanted);
  }
  spawnSync('node', [join(root, 'libs', 'engine', 'tools', 'build-native.mjs')], {
    cwd: root,
    stdio: 'inherit',
    env: environment(),
  });
}
