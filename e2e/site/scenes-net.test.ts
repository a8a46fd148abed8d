import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, launch, serveSite } from './site.ts';

const patience = 240_000;

describe.skipIf(!hasBrowser)('the scenes with a network in them', () => {
  let site: Awaited<ReturnType<typeof serveSite>>;
  let browser: Browser;

  beforeAll(async () => {
    site = await serveSite();
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    site.close();
  });

  /** A scene in a page of its own, with a state as a link holds it. */
  async function open(scene: string, state: Readonly<Record<string, unknown>> = {}, lang = 'en'): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width: 800, height: 900 } })).newPage();
    page.setDefaultTimeout(patience);
    const link = `1.${Buffer.from(JSON.stringify({ [scene]: state })).toString('base64url')}`;
    await page.goto(`${site.address}/${lang}/embed/${scene}/?s=${link}`);
    await page.locator('[data-action=start]').waitFor();
    return page;
  }

  const finished = (page: Page) => page.locator('[data-run-state=done]').waitFor();

  async function train(page: Page): Promise<void> {
    await page.locator('[data-action=start]').click();
    await finished(page);
  }

  /** The numbers of a scene, as its outputs say them. */
  async function numbers(page: Page): Promise<Readonly<Record<string, number>>> {
    const outputs = await page.locator('output[data-metric]').all();
    const pairs = outputs.map(async (output) => {
      const [name, value] = [await output.getAttribute('data-metric'), await output.getAttribute('data-value')];
      return [name ?? '', value === '' ? NaN : Number(value)] as const;
    });
    return Object.fromEntries(await Promise.all(pairs));
  }

  async function records(page: Page): Promise<readonly { readonly weightsHash: string }[]> {
    await page.locator('details:has([data-action=record]) summary').click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-action=record]').click()]);
    const text = readFileSync(await download.path(), 'utf8');
    return [JSON.parse(text)].flat() as readonly { readonly weightsHash: string }[];
  }

  it(
    'forgetting: by keyboard alone, the first task is lost in order and kept mixed; a pause changes nothing',
    async () => {
      const page = await open('forgetting');
      /** Tab until something matches. */
      const tabTo = async (selector: string): Promise<void> => {
        for (let presses = 0; presses < 60; presses++) {
          await page.keyboard.press('Tab');
          if (await page.locator(`${selector}:focus`).count()) return;
        }
        throw new Error(`the Tab key never reaches ${selector}`);
      };
      await tabTo('.scene-guess input');
      for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
      await tabTo('[data-action=start]');
      await page.keyboard.press('Enter');
      await page.locator('[data-run-state=running]').waitFor();
      await tabTo('[data-action=pause]');
      await page.keyboard.press('Enter');
      await page.locator('[data-run-state=paused]').waitFor();
      await page.keyboard.press('Shift+Tab');
      await tabTo('[data-action=resume]');
      await page.keyboard.press('Enter');
      await finished(page);
      const values = await numbers(page);
      expect(values['first-task-then']).toBeGreaterThan(0.9);
      expect(values['first-task-now']).toBeLessThan(0.2);
      expect(values['first-task-interleaved']).toBeGreaterThan(0.85);
      expect(values['likeness']).toBeLessThan(0.9);
      expect(await page.locator('.scene-revealed').textContent()).toContain('60');
      await tabTo('.scene-views input');
      await page.keyboard.press('ArrowRight');
      // six rows for each run, before training and after each of five tasks
      expect(await page.locator('.scene-table tbody tr').count()).toBe(12);
      const paused = await records(page);
      const straight = await open('forgetting');
      await train(straight);
      expect((await records(straight)).map(({ weightsHash }) => weightsHash)).toEqual(
        paused.map(({ weightsHash }) => weightsHash),
      );
      await Promise.all([page.close(), straight.close()]);
    },
    patience,
  );

  it(
    'springs: good ones keep the first task, stiff ones keep out the newest, and none help where classes compete',
    async () => {
      const at = async (state: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, number>>> => {
        const page = await open('ewc', state);
        await train(page);
        const values = await numbers(page);
        if (state['scenario'] === 'class') {
          expect(await page.locator('.scene-summary').textContent()).toContain('springs cannot help');
        }
        await page.close();
        return values;
      };
      const [none, good, stiff] = [await at({ stiffness: -1 }), await at({}), await at({ stiffness: 6 })];
      const value = (values: Readonly<Record<string, number>>, name: string): number => values[name] ?? NaN;
      expect(value(good, 'first-task')).toBeGreaterThan(value(none, 'first-task') + 0.2);
      expect(value(stiff, 'newest-task')).toBeLessThan(value(good, 'newest-task') - 0.1);
      expect(value(good, 'moved-most-important')).toBeLessThan(value(good, 'moved-least-important') / 2);
      expect(value(good, 'wrong-measure')).toBeGreaterThan(5);
      const competing = await at({ scenario: 'class', stiffness: 5 });
      expect(value(competing, 'first-task')).toBeLessThan(0.2);
    },
    2 * patience,
  );

  it(
    'gates: two tasks share as few units as chance says, more is kept, and the task must be named',
    async () => {
      const page = await open('xdg');
      const painted = page.locator('[data-metric=painted-overlap]');
      const before = Number(await painted.getAttribute('data-value'));
      const closed = page.locator('.mask-grid').first().locator('button[aria-pressed=true]').first();
      await closed.focus();
      await page.keyboard.press('Space');
      expect(Number(await painted.getAttribute('data-value'))).toBeLessThanOrEqual(before);
      await train(page);
      const values = await numbers(page);
      expect(Math.abs((values['overlap'] ?? 1) - (values['overlap-expected'] ?? 0))).toBeLessThan(0.03);
      expect(values['with-gates']).toBeGreaterThan((values['without-gates'] ?? 1) + 0.05);
      expect(values['task-withheld']).toBeLessThan((values['with-gates'] ?? 0) - 0.3);
      expect(values['updates-gated']).toBeLessThan((values['updates-open'] ?? 0) / 2);
      await page.close();
    },
    patience,
  );

  it(
    'ten tasks: springs hold what plain training loses, and the line of guessing is drawn',
    async () => {
      const page = await open('hundred-tasks', { methods: ['none', 'ewc'] });
      await train(page);
      const values = await numbers(page);
      expect(values['ewc']).toBeGreaterThan((values['none'] ?? 1) + 0.2);
      await expect.poll(() => page.locator('.scene-drawing svg').textContent()).toContain('Guessing');
      await page.close();
    },
    patience,
  );

  it(
    'a brain: together better than each part alone, at the cost that the formula says, and the same on the command line',
    async () => {
      const page = await open('build-a-brain');
      await train(page);
      const values = await numbers(page);
      expect(values['brain']).toBeGreaterThan(values['best-alone'] ?? 1);
      expect(values['within-budget']).toBe(1);
      const [brain] = await records(page);
      await page.locator('details:has([data-copy=command]) summary').click();
      const [command = ''] = (await page.locator('[data-copy=command]').innerText()).split('\n');
      const [, , ...given] = command.split(' ');
      const main = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'src', 'main.ts');
      const folder = mkdtempSync(join(tmpdir(), 'engram-brain-'));
      const out = ['--json', '--quiet', '--out', folder];
      const there = JSON.parse(execFileSync(process.execPath, [main, ...given, ...out], { encoding: 'utf8' })) as {
        readonly weightsHash: string;
      };
      rmSync(folder, { recursive: true, force: true });
      expect(there.weightsHash).toBe(brain?.weightsHash);
      await page.close();
    },
    patience,
  );

  it.each(['forgetting', 'ewc', 'xdg', 'hundred-tasks', 'build-a-brain'])(
    '%s: accessible, and no wider than a small telephone, in both languages and themes',
    async (scene) => {
      for (const lang of ['en', 'ko']) {
        const page = await open(scene, {}, lang);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
        }
        await page.setViewportSize({ width: 320, height: 700 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
        await page.close();
      }
    },
    patience,
  );
});
