import type { Browser, Locator, Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, launch, serveSite } from './site.ts';

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;

beforeAll(async () => {
  site = await serveSite();
  if (hasBrowser) browser = await launch();
});
afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  (site as typeof site | undefined)?.close();
});

const stateOf = (page: Page): Locator => page.locator('[data-scene=forgetting]');
const reaches = (page: Page, state: string, timeout = 60_000): Promise<void> =>
  page.locator(`[data-scene=forgetting][data-run-state=${state}]`).waitFor({ timeout });

/** The link of a scene with settings; what a reader would be sent. */
const link = (settings: Readonly<Record<string, unknown>>): string =>
  `1.${Buffer.from(JSON.stringify({ forgetting: settings })).toString('base64url')}`;

async function open(page: Page, settings: Readonly<Record<string, unknown>>, locale = 'en'): Promise<void> {
  await page.goto(`${site.address}/${locale}/embed/forgetting/?s=${link(settings)}`);
  await page.locator('[data-action=start]').waitFor();
}

const metric = async (page: Page, name: string): Promise<number> =>
  Number(await page.locator(`output[data-metric=${name}]`).getAttribute('data-value'));

const small = { hidden: 40, iterations: 50, seed: 3 };

describe.skipIf(!hasBrowser)('a scene', () => {
  it('shows forgetting and the way out, and the same network keeps all when tasks are mixed', async () => {
    const page = await browser.newPage();
    await open(page, {});
    await page.locator('[data-action=start]').click();
    await reaches(page, 'done');
    expect(await metric(page, 'first-task-then')).toBeGreaterThan(0.9);
    expect(await metric(page, 'first-task-now')).toBeLessThan(0.2);
    expect(await metric(page, 'first-task-interleaved')).toBeGreaterThan(0.85);
    await page.close();
  }, 120_000);

  it('opens a link with its settings, and reaches the weights that its command reaches', async () => {
    const page = await browser.newPage();
    await open(page, { ...small, interleaved: false });
    await page.locator('details:has([data-copy=command]) summary').click();
    const command = (await page.locator('[data-copy=command]').textContent()) ?? '';
    await page.locator('[data-action=start]').click();
    // a pause in the middle changes nothing
    await reaches(page, 'running');
    await page.locator('[data-action=pause]').click();
    await page.locator('[data-action=resume]').click();
    await reaches(page, 'done');
    await page.locator('details:has([data-action=record]) summary').click();
    const download = page.waitForEvent('download');
    await page.locator('[data-action=record]').click();
    const stream = await (await download).createReadStream();
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    const inPage = JSON.parse(text) as { weightsHash: string; spec: { model: { hidden: number[] } } };
    expect(inPage.spec.model.hidden).toEqual([40, 40]);

    const [, , ...args] = command.split(' ');
    const main = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'src', 'main.ts');
    const json = execFileSync(process.execPath, [main, ...args, '--json', '--quiet', '--force'], { encoding: 'utf8' });
    const onCommandLine = JSON.parse(json) as { weightsHash: string };
    expect(inPage.weightsHash).toBe(onCommandLine.weightsHash);
    await page.close();
  }, 120_000);

  it('keeps its settings when the language changes, and can be used by keyboard alone', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.address}/en/essay/forgetting/`);
    await page.locator('[data-scene=forgetting]').scrollIntoViewIfNeeded();
    await page.locator('[data-action=start]').waitFor();
    await page.locator('[data-scene=forgetting] .scene-controls input[type=range]').first().focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('[data-scene=forgetting] .scene-controls output').first().textContent()).toBe('40');
    await expect.poll(() => page.url()).toContain('s=1.');
    for (let presses = 0; presses < 10; presses++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement?.dataset.action')) === 'start') break;
    }
    await page.keyboard.press('Enter');
    await reaches(page, 'done');
    await page.locator('a.language').click();
    await page.waitForURL(/\/ko\/essay\/forgetting\//);
    await page.locator('[data-scene=forgetting]').scrollIntoViewIfNeeded();
    await page.locator('[data-action=start]').waitFor();
    expect(await page.locator('[data-scene=forgetting] .scene-controls output').first().textContent()).toBe('40');
    await page.close();
  }, 120_000);

  it('says so when its worker is gone, keeps the figure, and trains at the next try', async () => {
    const page = await browser.newPage();
    await page.clock.install();
    await open(page, { ...small, iterations: 1000 });
    const worker = page.waitForEvent('worker');
    await page.locator('[data-action=start]').click();
    await page.clock.runFor(100);
    await (await worker).evaluate('close()').catch(() => undefined);
    await page.clock.runFor(40_000);
    await reaches(page, 'error');
    expect(await page.locator('.scene-status').textContent()).toContain('stopped answering');
    expect(await stateOf(page).locator('svg[role=img]').count()).toBeGreaterThan(0);
    await page.locator('[data-action=start]').click();
    await page.clock.runFor(1000);
    await expect.poll(() => stateOf(page).getAttribute('data-run-state'), { timeout: 30_000 }).toBe('running');
    await page.close();
  }, 120_000);

  it('pauses while the tab is hidden and goes on when it is seen again', async () => {
    const page = await browser.newPage();
    await open(page, { ...small, iterations: 1000 });
    await page.locator('[data-action=start]').click();
    await reaches(page, 'running');
    const show = (hidden: boolean): Promise<unknown> =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} });
        document.dispatchEvent(new Event('visibilitychange'))`);
    await show(true);
    await reaches(page, 'paused');
    await show(false);
    await reaches(page, 'running');
    await page.locator('[data-action=stop]').click();
    await reaches(page, 'done');
    await page.close();
  }, 120_000);

  it('trains without a network after the first visit', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${site.address}/en/essay/forgetting/`);
    await page.evaluate('navigator.serviceWorker.ready');
    await page.waitForFunction('navigator.serviceWorker.controller !== null');
    await context.setOffline(true);
    await page.goto(`${site.address}/ko/essay/forgetting/?s=${link(small)}`);
    await page.locator('[data-scene=forgetting]').scrollIntoViewIfNeeded();
    await page.locator('[data-action=start]').click();
    await reaches(page, 'done');
    expect(await metric(page, 'first-task-then')).toBeGreaterThan(0.8);
    await context.close();
  }, 120_000);
});
