import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { outFolder } from './site.ts';
import { fileBytes, scriptBytes } from './sizes.ts';

const kilobyte = 1000;

it.each(['en', 'en/essay/forgetting', 'ko/essay/henry', 'ko/glossary', 'en/embed/forgetting'])(
  '%s asks for at most 170 kB of scripts before anything is scrolled or pressed',
  (page) => {
    expect(scriptBytes(outFolder, join(page, 'index.html'))).toBeLessThanOrEqual(170 * kilobyte);
  },
);

it('the training worker is at most 120 kB, and no shard of data more than 300 kB', () => {
  const files = readdirSync(join(outFolder, 'run'));
  const worker = files.find((file) => file.startsWith('training-')) ?? '';
  expect(fileBytes(outFolder, join('run', worker))).toBeLessThanOrEqual(120 * kilobyte);
  const packs = files.filter((file) => file.endsWith('.pack'));
  expect(packs.length).toBeGreaterThan(0);
  for (const pack of packs) expect(statSync(join(outFolder, 'run', pack)).size).toBeLessThanOrEqual(300 * kilobyte);
});

it('a scene is at most 60 kB of scripts', () => {
  const chunks = readdirSync(join(outFolder, 'element')).filter((file) => file !== 'engram-scene.js');
  expect(chunks.length).toBeGreaterThan(5);
  // what is not shared by all scenes; the bundler gives each scene a chunk of its own
  for (const chunk of chunks) expect(fileBytes(outFolder, join('element', chunk))).toBeLessThanOrEqual(60 * kilobyte);
});
