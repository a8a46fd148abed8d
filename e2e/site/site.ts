import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveFolder } from '@engram/tools/static-server';

const root = join(import.meta.dirname, '..', '..');
export const outFolder = join(root, 'apps', 'web', 'out');

const executablePath = process.env['ENGRAM_CHROMIUM'];
export const hasBrowser = executablePath !== undefined;

export const launch = (): Promise<Browser> =>
  chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });

/** The built site on a port of this machine; `npx nx build @engram/web` makes it. */
export async function serveSite(): Promise<{ readonly address: string; readonly close: () => void }> {
  if (!existsSync(outFolder)) throw new Error('The site is not built. Run: npx nx build @engram/web');
  return serveFolder(outFolder);
}
