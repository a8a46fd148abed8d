// `npm start`: sets up, then runs the demo.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { environment, root, setUp } from './setup.mjs';

setUp();
const main = join(root, 'apps', 'cli', 'src', 'main.ts');
const child = spawn('node', [main, 'demo', ...process.argv.slice(2)], { stdio: 'inherit', env: environment() });
// Ctrl-C reaches the demo too, which ends by itself
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
