import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, launch, outFolder, serveSite } from './site.ts';

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

/** Every page of the built site, as addresses. */
const routes = (): readonly string[] =>
  readdirSync(outFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(en|ko)\/(.*\/)?index\.html$/.test(file))
    .map((file) => `/${file.replace(/index\.html$/, '')}`)
    .sort();

const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe.skipIf(!hasBrowser)('every page', () => {
  it.each(['light', 'dark'] as const)(
    'is accessible in %s colours, and asks for nothing from elsewhere',
    async (colorScheme) => {
      const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('request', (request) => {
        const { origin } = new URL(request.url());
        if (origin !== site.address && !request.url().startsWith('data:')) problems.push(`asks ${request.url()}`);
      });
      page.on('pageerror', ({ message }) => problems.push(`${page.url()}: ${message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(`${page.url()}: ${message.text()}`);
      });
      for (const route of routes()) {
        await page.goto(site.address + route);
        await page.waitForLoadState('networkidle');
        const { violations } = await new AxeBuilder({ page }).analyze();
        problems.push(...violations.map(({ id, nodes }) => `${route}: ${id}: ${nodes[0]?.html ?? ''}`));
      }
      expect(problems).toEqual([]);
      expect(await context.cookies()).toEqual([]);
      await context.close();
    },
    600_000,
  );

  it('fits a phone of 320 px without scrolling sideways', async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 640 }, hasTouch: true });
    const page = await context.newPage();
    const wide: string[] = [];
    for (const route of routes()) {
      await page.goto(site.address + route);
      if ((await page.evaluate<number>(sideways)) > 0) wide.push(route);
    }
    expect(wide).toEqual([]);
    await context.close();
  }, 300_000);

  it('can be read whole without scripts: text, figures, numbers, formulas', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    for (const locale of ['en', 'ko']) {
      await page.goto(`${site.address}/${locale}/essay/forgetting/`);
      expect(await page.locator('article p').count()).toBeGreaterThan(8);
      expect(await page.locator('[data-scene=forgetting] svg[role=img]').count()).toBe(2);
      await page.locator('[data-scene=forgetting] summary').click();
      expect(await page.locator('[data-scene=forgetting] td').count()).toBeGreaterThan(20);
    }
    const formulas = readdirSync(join(outFolder, 'en', 'essay'));
    expect(formulas.length).toBeGreaterThan(5);
    await page.goto(`${site.address}/en/essay/springs/`);
    expect(await page.locator('math').count()).toBeGreaterThan(0);
    await context.close();
  }, 120_000);

  it('prints the essay and its figures, without buttons', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.address}/en/whole/`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('article').count()).toBeGreaterThan(8);
    for (const hidden of ['.site-head nav', '.site-foot']) expect(await page.locator(hidden).isVisible()).toBe(false);
    expect(await page.locator('button:visible').count()).toBe(0);
    await page.close();
  }, 60_000);
});
