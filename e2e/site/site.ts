import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { serveFolder } from '../../tools/static-server.mjs';

const root = join(import.meta.dirname, '..', '..');
export const outFolder = join(root, 'apps', 'web', 'out');

const executablePath = process.env['ENGRAM_CHROMIUM'];
export const hasBrowser = executablePath !== undefined;

export const launch = (): Promise<Browser> =>
  chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });

/** The built site, which Nx builds if anything in it has changed. */
export function buildSite(): void {
  execFileSync(process.execPath, [join(root, 'node_modules', 'nx', 'bin', 'nx.js'), 'build', '@engram/web'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NX_DAEMON: 'false', CI: '1' },
  });
}

/** The built site on a port of this machine. */
export async function serveSite(): Promise<{ readonly address: string; readonly close: () => void }> {
  buildSite();
  return serveFolder(outFolder);
}
