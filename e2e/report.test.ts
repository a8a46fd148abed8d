import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const executablePath = process.env['ENGRAM_CHROMIUM'];
const main = join(import.meta.dirname, '..', 'apps', 'cli', 'src', 'main.ts');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'engram-report-'));
  const tiny = ['--data', 'digits', '--iterations', '30', '--hidden', '20', '--quiet', '--out', folder];
  execFileSync(process.execPath, [
    main,
    'compare',
    'split-mnist',
    ...tiny,
    '--strategies',
    'none,ewc,er',
    '--seeds',
    '2',
  ]);
  execFileSync(process.execPath, [main, 'report', folder], { stdio: 'pipe' });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(executablePath === undefined)('the report in a browser, without scripts', () => {
  it.each([
    [320, 'light'],
    [768, 'dark'],
    [1440, 'light'],
    [1440, 'dark'],
  ] as const)('at %d px, %s, is accessible and does not scroll sideways', async (width, colorScheme) => {
    const browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    try {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const page = await context.newPage();
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(`file://${join(folder, 'report.html')}`);
      expect(requests).toHaveLength(1);
      expect(await page.locator('svg[role=img]').count()).toBe(4);
      expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(
        0,
      );
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

it('the report is one file that runs nothing and asks for nothing', () => {
  const html = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(/<script|<link|src=|@import|url\(/.exec(html)).toBeNull();
  expect(html.includes('content="default-src &#x27;none&#x27;; style-src')).toBe(true);
});
