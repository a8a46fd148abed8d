import type { RunRecord } from '@engram/contracts';
import { buildSpec, parseSpec, specHash, verdicts } from '@engram/experiment';
import type { Reproduction, Scale, Verdict } from '@engram/experiment';
import { mean, standardError } from '@engram/metrics';

/** Finished records by the hash that their specification has today; settings that came later have their defaults. */
export type Records = ReadonlyMap<string, readonly RunRecord[]>;

export async function bySpec(records: readonly RunRecord[]): Promise<Records> {
  const found = new Map<string, RunRecord[]>();
  for (const record of records) {
    if (record.status !== 'finished') continue;
    const hash = await specHash(parseSpec(record.spec));
    found.set(hash, [...(found.get(hash) ?? []), record]);
  }
  return found;
}

/** docs/results/reproductions.md: every reproduction of which something was measured, row by row. */
export async function resultsPage(reproductions: readonly Reproduction[], records: Records): Promise<string> {
  const parts: string[] = [];
  for (const reproduction of reproductions) {
    for (const scale of ['paper', 'quick'] as const) parts.push(...(await section(reproduction, scale, records)));
  }
  return `${[
    '# Reproductions',
    'Written by `node tools/write-results.ts` from the run records in [runs](runs); do not edit. Average accuracy in percent over all tasks after the last one, mean ± standard error over n seeds. "Published" is the value in the source that is named; "expected" is what this project asks of the row. Rows without a measurement have no run record yet. Why a row lies outside its band: [README](README.md).',
    ...parts,
  ].join('\n\n')}\n`;
}

async function section(reproduction: Reproduction, scale: Scale, records: Records): Promise<string[]> {
  const rows = reproduction.rows[scale];
  const own = await Promise.all(
    rows.map(async ({ request }) => records.get(await specHash(buildSpec(request).spec)) ?? []),
  );
  if (own.every((list) => list.length === 0)) return [];
  const measured = Object.fromEntries(
    rows.map(({ name }, i) => [name, (own[i] ?? []).flatMap(({ summary }) => summary.averageAccuracy ?? [])]),
  );
  const { id, title, paper, told, publishedIn, differs } = reproduction;
  const lines = verdicts(rows, measured).map(
    (verdict, i) => `| ${[...cells(verdict), engines(own[i] ?? [])].join(' | ')} |`,
  );
  return [
    `## ${id}, ${scale} scale`,
    `${title}. ${paper}.${publishedIn === undefined ? '' : ` Published values: ${publishedIn}.`}`,
    `Told: ${told}`,
    `Differs from the paper: ${differs[scale]}`,
    [
      '| row | published | expected | measured | verdict | engine |',
      '| --- | --- | --- | --- | --- | --- |',
      ...lines,
    ].join('\n'),
    `\`npx engram reproduce ${id}${scale === 'paper' ? ' --scale paper' : ''}\``,
  ];
}

function cells({ row, published, expected, measured, holds }: Verdict): readonly string[] {
  const error = standardError(measured);
  const value =
    measured.length === 0
      ? ''
      : `${percent(mean(measured))}${error === null ? '' : ` ± ${percent(error)}`} (n = ${measured.length})`;
  const verdict =
    holds === undefined ? (measured.length === 0 ? 'not measured' : '') : holds ? 'as expected' : '**outside**';
  return [row, published?.toFixed(1) ?? '', expected, value, verdict];
}

const percent = (fraction: number): string => (100 * fraction).toFixed(1);

const engines = (records: readonly RunRecord[]): string =>
  [...new Set(records.map(({ engine }) => `${engine.name} ${engine.variant}`))].join(', ');
