// `npm start`: sets up, builds the site if it has changed, and serves it on this machine. `npx engram demo` needs no browser.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { environment, root, setUp } from './setup.mjs';
import { serveFolder } from './static-server.mjs';

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
const wanted = Number(process.env.PORT ?? 4600);
const folder = join(root, 'apps', 'web', 'out');
const { address } = await serveFolder(folder, wanted).catch(() => serveFolder(folder));
console.log(`\nThe essay and the laboratory: ${address}/\nIn the terminal instead:      npx engram demo\nCtrl-C ends.`);
