import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import type { PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const executablePath = process.env['ENGRAM_CHROMIUM'];
const names = ['recall', 'lesion', 'memory-map', 'attention', 'sleep', 'open-questions'];

let folder = '';
let server: PreviewServer;
let browser: Browser;

interface Visit {
  readonly lang?: string;
  readonly width?: number;
  readonly dark?: boolean;
  readonly state?: Readonly<Record<string, unknown>>;
}

/** Opens a scene, hands it over, and expects that nothing went wrong and nothing but the page itself was asked for. */
async function visit(scene: string, look: (page: Page) => Promise<void>, options: Visit = {}): Promise<void> {
  const { lang = 'en', width = 768, dark = false, state } = options;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const wrong: string[] = [];
  const origin = server.resolvedUrls?.local[0] ?? '';
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => {
    if (request.method() !== 'GET' || (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(origin)))
      wrong.push(`${request.method()} ${request.url()}`);
  });
  const linked =
    state === undefined ? '' : `&s=1.${Buffer.from(JSON.stringify({ [scene]: state })).toString('base64url')}`;
  try {
    await page.goto(`${origin}scenes.html?scene=${scene}&lang=${lang}${linked}`);
    await page.waitForSelector(`[data-scene="${scene}"]`);
    await look(page);
    expect(wrong).toEqual([]);
  } finally {
    await context.close();
  }
}

const metric = async (page: Page, name: string): Promise<number> =>
  Number(await page.locator(`[data-metric="${name}"]`).getAttribute('data-value'));

async function run(page: Page): Promise<void> {
  await page.click('[data-action="start"]');
  await page.waitForSelector('[data-run-state="done"]', { timeout: 90_000 });
}

/** Moves a slider to its lower or upper end by keyboard. */
async function slide(page: Page, label: RegExp, key: 'Home' | 'End'): Promise<void> {
  await page.getByRole('slider', { name: label }).press(key);
}

describe.skipIf(executablePath === undefined)('the scenes about the brain', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'engram-scenes-'));
    const root = join(import.meta.dirname, 'pages');
    await build({
      root,
      logLevel: 'error',
      build: { outDir: folder, target: 'esnext', rolldownOptions: { input: join(root, 'scenes.html') } },
    });
    server = await preview({
      root,
      logLevel: 'error',
      build: { outDir: folder },
      preview: { host: '127.0.0.1', port: 0, open: false },
    });
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows a graded loss after a full lesion, none without one, and spares span and skill', async () => {
    await visit(
      'lesion',
      async (page) => {
        await run(page);
        expect(await metric(page, 'gradient')).toBeGreaterThan(0.3);
        expect(await metric(page, 'afterwards')).toBeLessThan(0.1);
        expect(await metric(page, 'skill-last')).toBeLessThan((await metric(page, 'skill-first')) - 0.5);
        const span = await metric(page, 'digit-span');
        await slide(page, /fast store is lost/, 'Home');
        await page.waitForSelector('[data-run-state="running"]');
        await page.waitForSelector('[data-run-state="done"]', { timeout: 90_000 });
        expect(Math.abs(await metric(page, 'gradient'))).toBeLessThan(0.15);
        expect(await metric(page, 'afterwards')).toBeGreaterThan(0.8);
        expect(await metric(page, 'digit-span')).toBe(span);
      },
      { state: { practise: true } },
    );
  }, 240_000);

  it('gives the record of a model run, with parameters and seeds', async () => {
    await visit('attention', async (page) => {
      await run(page);
      await page.locator('details', { hasText: 'Share' }).locator('summary').click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-action="record"]')]);
      const record = JSON.parse(readFileSync(await download.path(), 'utf8')) as Record<string, unknown>;
      expect(record).toMatchObject({ scene: 'attention', parameters: { noradrenaline: 0.8, dopamine: 0.5 } });
      expect(record['seeds']).toHaveLength(24);
    });
  }, 60_000);

  it('lets surprise in more than the neutral, only while it has a gain, and little that is unattended', async () => {
    await visit('attention', async (page) => {
      await run(page);
      expect(await metric(page, 'advantage')).toBeGreaterThan(0.3);
      expect(await metric(page, 'unattended')).toBeLessThan(0.2);
    });
    await visit(
      'attention',
      async (page) => {
        await run(page);
        expect(Math.abs(await metric(page, 'advantage'))).toBeLessThan(0.1);
      },
      { state: { noradrenaline: 0, dopamine: 0 } },
    );
    await visit(
      'attention',
      async (page) => {
        await run(page);
        expect(await metric(page, 'remembered')).toBeGreaterThan((await metric(page, 'lived')) + 0.05);
      },
      { state: { view: 'episode', noradrenaline: 1.5 } },
    );
  }, 120_000);

  it('fills the slow store by replay, and raises signal over noise by scaling', async () => {
    await visit('sleep', async (page) => {
      await run(page);
      expect(await metric(page, 'slow')).toBeGreaterThan(0.3);
    });
    await visit(
      'sleep',
      async (page) => {
        await run(page);
        expect(await metric(page, 'slow')).toBe(0);
        expect(await metric(page, 'signal-last')).toBeGreaterThan(1.3 * (await metric(page, 'signal-first')));
        expect(await metric(page, 'vivid')).toBeGreaterThan((await metric(page, 'faint')) + 0.5);
      },
      { state: { replay: false, scaling: 0.85, interference: 0, nights: 8 } },
    );
  }, 120_000);

  it('has all twelve examples placed by keyboard alone, and every lesion disable what is documented', async () => {
    await visit('memory-map', async (page) => {
      const cards = page.locator('ol [data-example]');
      expect(await cards.count()).toBe(12);
      await cards.first().getByRole('radio').first().focus();
      for (let card = 0; card < 12; card++) {
        await page.keyboard.press('Space');
        if (card % 3 > 0) await page.keyboard.press('ArrowRight');
        if (card % 3 > 1) await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Tab');
      }
      expect(await metric(page, 'placed')).toBe(12);
      expect(await page.locator('[data-action="check"]').evaluate((button) => button === document.activeElement)).toBe(
        true,
      );
      await page.keyboard.press('Enter');
      expect(await metric(page, 'placed-right')).toBeGreaterThanOrEqual(0);
      expect(await page.locator('[data-right]').count()).toBe(12);

      const documented = { hippocampus: 3, cerebellum: 2, amygdala: 1, prefrontal: 3 };
      for (const [structure, count] of Object.entries(documented)) {
        await page.locator(`[data-structure="${structure}"]`).focus();
        await page.keyboard.press('Enter');
        await page.locator('[data-action="reveal"]').press('Enter');
        expect(await page.locator('[data-fails="true"]').count(), structure).toBe(count);
        expect(await metric(page, 'failing')).toBe(count);
      }
    });
  }, 60_000);

  it('names the structures of the map and what each serves', async () => {
    await visit('memory-map', async (page) => {
      const buttons = await page
        .locator('svg.brain [role="button"]')
        .evaluateAll((regions) => regions.map((region) => region.getAttribute('aria-label')));
      expect(buttons).toEqual([
        'hippocampus: new facts and events',
        'cerebellum: timing and adaptation of movements',
        'amygdala: learned fear',
        'prefrontal cortex: what is held in mind',
      ]);
    });
  });

  it('scores what the reader recalls, keeps it in the browser, and can be skipped', async () => {
    await visit('recall', async (page) => {
      await page.clock.install({ time: new Date('2030-01-01T10:00:00Z') });
      await page.click('[data-action="skip"]');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('recall-end');

      await page.click('[data-action="study"]');
      const learned = new Map<string, string>();
      for (let pair = 0; pair < 12; pair++) {
        const [cue = '', partner = ''] = (await page.locator('[data-pair] strong').innerText()).split(' – ');
        if (pair < 8) learned.set(cue, partner);
        await page.keyboard.press('Enter');
      }
      expect(learned.size).toBe(8);
      await page.clock.fastForward('20:00');
      await page.click('[data-action="test"]');
      for (let asked = 0; asked < 8; asked++) {
        const question = await page.locator('form label').innerText();
        const cue = [...learned.keys()].find((each) => question.includes(`“${each}”`)) ?? '';
        await page.keyboard.type(asked < 6 ? (learned.get(cue) ?? '') : 'no idea');
        await page.keyboard.press('Enter');
      }
      expect(await metric(page, 'right')).toBe(0.75);
      expect(await metric(page, 'minutes')).toBeGreaterThanOrEqual(20);

      await page.reload();
      await page.waitForSelector('[data-action="erase"]');
      expect(await metric(page, 'right')).toBe(0.75);
      await page.click('[data-action="erase"]');
      expect(await metric(page, 'tests')).toBe(0);
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
    });
  }, 60_000);

  it('has a source and a scene for every open question', async () => {
    await visit('open-questions', async (page) => {
      const rows = await page.locator('[data-question]').all();
      expect(rows).toHaveLength(await metric(page, 'shown'));
      for (const row of rows) {
        expect(await row.locator('a[href^="https://doi.org/10."]').count()).toBeGreaterThan(0);
        expect(await row.locator('a[data-scene-link]').count()).toBe(1);
      }
    });
  });

  it('keeps its settings in the link', async () => {
    await visit('sleep', async (page) => {
      await slide(page, /Nights/, 'End');
      await page.waitForURL(/[?&]s=1\./);
      await page.reload();
      await page.waitForSelector('[data-scene]');
      expect(await page.getByRole('slider', { name: /Nights/ }).inputValue()).toBe('10');
    });
  });

  for (const lang of ['en', 'ko'])
    for (const dark of [false, true])
      it(`has no violation that axe finds, and fits 320 pixels (${lang}, ${dark ? 'dark' : 'light'})`, async () => {
        for (const name of names)
          await visit(
            name,
            async (page) => {
              expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(320);
              const { violations } = await new AxeBuilder({ page }).include('main').analyze();
              expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
            },
            { lang, dark, width: 320 },
          );
      }, 120_000);
});
