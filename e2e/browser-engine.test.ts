import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { expect, it } from 'vitest';

const executablePath = process.env['ENGRAM_CHROMIUM'];
const main = join(import.meta.dirname, '..', 'apps', 'cli', 'src', 'main.ts');

it.skipIf(executablePath === undefined)(
  'a run on the WebAssembly engine reaches the same weights in Chromium and in Node',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'engram-browser-'));
    const root = join(import.meta.dirname, 'pages');
    await build({
      root,
      logLevel: 'error',
      build: { outDir: folder, target: 'esnext', rolldownOptions: { input: join(root, 'train.html') } },
    });
    const server = await preview({
      root,
      logLevel: 'error',
      build: { outDir: folder },
      preview: { host: '127.0.0.1', port: 0, open: false },
    });
    const browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(`${server.resolvedUrls?.local[0] ?? ''}train.html`);
      await expect
        .poll(() => page.evaluate('globalThis.weightsHash ?? null').then((hash) => hash ?? errors[0]), {
          timeout: 60_000,
        })
        .toBeDefined();
      expect(errors).toEqual([]);
      const inBrowser = await page.evaluate('globalThis.weightsHash');

      const arguments_ = ['split-mnist', '--data', 'digits', '--strategy', 'ewc+er', '--scenario', 'class'];
      const settings = ['--iterations', '30', '--hidden', '40,20', '--seed', '1', '--engine', 'wasm', '--quiet'];
      const record = JSON.parse(
        execFileSync(process.execPath, [main, 'run', ...arguments_, ...settings, '--json'], { encoding: 'utf8' }),
      ) as { weightsHash: string; engine: { name: string; variant: string } };
      expect(record.engine).toMatchObject({ name: 'wasm', variant: 'simd128' });
      expect(inBrowser).toBe(record.weightsHash);
    } finally {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
