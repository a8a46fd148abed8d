/** Writes docs/results/reproductions.md from the run records in docs/results/runs: `node tools/write-results.ts`. */
import { RunRecord } from '@engram/contracts';
import { reproductions } from '@engram/experiment';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { bySpec, resultsPage } from './results-page.ts';

const results = new URL('../docs/results/', import.meta.url);

/** Every run record that is kept with the sources. */
export const keptRecords = (): RunRecord[] =>
  readdirSync(new URL('runs/', results), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('run.json'))
    .sort()
    .map((path) => RunRecord.parse(JSON.parse(readFileSync(new URL(`runs/${path}`, results), 'utf8'))));

if (import.meta.main) {
  const page = await resultsPage(reproductions, await bySpec(keptRecords()));
  writeFileSync(new URL('reproductions.md', results), page);
}
