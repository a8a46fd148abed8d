// `npm start`: sets up, builds the site if it has changed, and serves it together with the training service, on this
// machine. `npx engram demo` needs no browser.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { environment, root, setUp } from './setup.mjs';

setUp();
console.error('Building the site (the first time takes about a minute) …');
const { status } = spawnSync('nx', ['build', '@engram/web', '--outputStyle=static'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...environment(), NX_DAEMON: 'false' },
  shell: process.platform === 'win32',
});
if (status !== 0) {
  console.error('The site could not be built; "npx nx build @engram/web" shows why.');
  process.exit(1);
}
const main = join(root, 'apps', 'cli', 'src', 'main.ts');
const port = process.env.PORT === undefined ? [] : ['--port', process.env.PORT];
const child = spawn('node', [main, 'serve', ...port, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: environment(),
});
// Ctrl-C reaches the service too, which ends by itself
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
