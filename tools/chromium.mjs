// Where a Chromium is: named by CHROMIUM_PATH, the system's, or Playwright's own, which is fetched if it has to be.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { environment, root } from './setup.mjs';

export function chromiumPath() {
  const installed = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const found = installed.find((path) => path && existsSync(path));
  if (found !== undefined) return found;
  const own = playwrightPath();
  if (own !== undefined) return own;
  console.error('Installing Chromium for the tests in a browser (npx playwright install chromium) …');
  spawnSync('playwright', ['install', 'chromium'], { cwd: root, stdio: 'inherit', env: environment() });
  return playwrightPath();
}

function playwrightPath() {
  const script = "import { chromium } from '@playwright/test'; console.log(chromium.executablePath())";
  const { stdout } = spawnSync('node', ['--input-type=module', '-e', script], {
    cwd: `${root}/e2e`,
    env: environment(),
    encoding: 'utf8',
  });
  const path = stdout?.trim();
  return path && existsSync(path) ? path : undefined;
}
