import { reproductions } from '@engram/experiment';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bySpec, resultsPage } from './results-page.ts';
import { keptRecords } from './write-results.ts';

it('docs/results/reproductions.md says what the run records say', async () => {
  const file = readFileSync(new URL('../docs/results/reproductions.md', import.meta.url), 'utf8');
  // made anew by: node tools/write-results.ts
  expect(file).toBe(await resultsPage(reproductions, await bySpec(keptRecords())));
});

it('leaves out what has no record, and shows a mean with its seeds where there are some', async () => {
  const [first] = reproductions;
  if (first === undefined) throw new Error('no reproduction');
  expect(await resultsPage([first], new Map())).not.toContain(first.id);
  const page = await resultsPage([first], await bySpec(keptRecords()));
  expect(page).toMatch(/\| class-none \| 19\.9 \| 19 to 21 \| 19\.9 ± 0\.1 \(n = 3\) \| as expected \|/);
});
