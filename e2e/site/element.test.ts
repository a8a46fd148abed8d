import type { Browser } from '@playwright/test';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveFolder } from '@engram/tools/static-server';
import { hasBrowser, launch, serveSite } from './site.ts';

let site: Awaited<ReturnType<typeof serveSite>>;
let elsewhere: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;

beforeAll(async () => {
  site = await serveSite();
  elsewhere = await serveFolder(join(import.meta.dirname, '..', '..', 'examples'));
  if (hasBrowser) browser = await launch();
});
afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  (elsewhere as typeof elsewhere | undefined)?.close();
  (site as typeof site | undefined)?.close();
});

describe.skipIf(!hasBrowser)('<engram-scene> in a page of another site', () => {
  it('trains there, changes its language, and keeps its settings in its state', async () => {
    const page = await browser.newPage();
    // the example names the address of `npm start`; here the site has another port
    await page.route('http://127.0.0.1:4600/**', (route) =>
      route.continue({ url: route.request().url().replace('http://127.0.0.1:4600', site.address) }),
    );
    await page.goto(`${elsewhere.address}/embed.html`);
    const scene = page.locator('engram-scene');
    await scene.locator('[data-action=start]').waitFor();
    expect(await scene.locator('.scene-claim').count()).toBe(0);
    await scene.locator('.scene-controls input[type=range]').first().focus();
    await page.keyboard.press('Home');
    await scene.locator('[data-action=start]').click();
    await scene.locator('[data-run-state=done]').waitFor({ timeout: 90_000 });
    const then = await scene.locator('output[data-metric=first-task-then]').getAttribute('data-value');
    expect(Number(then)).toBeGreaterThan(0.8);
    expect(await scene.getAttribute('state')).toMatch(/^1\./);
    await scene.evaluate((element) => element.setAttribute('lang', 'ko'));
    await scene.locator('[data-scene][lang=ko]').waitFor();
    await page.close();
  }, 150_000);
});
