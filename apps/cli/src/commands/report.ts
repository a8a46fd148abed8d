import { basename, dirname, join, resolve } from 'node:path';
import { exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { renderHtml } from '../report/html.ts';
import { renderCsv, renderMarkdown, renderSvgs } from '../report/plain.ts';
import { readRecords, writeWhole } from '../run-folder.ts';

export interface ReportCommandOptions {
  readonly out?: string;
  readonly md?: boolean;
  readonly csv?: boolean;
  readonly svg?: string;
  readonly title?: string;
}

export async function report(path: string, options: ReportCommandOptions): Promise<ExitCode> {
  const records = await readRecords(path);
  const title = options.title ?? `Engram report: ${basename(resolve(path))}`;
  if (options.md) process.stdout.write(renderMarkdown(records, title));
  if (options.csv) process.stdout.write(renderCsv(records));
  if (options.svg !== undefined) {
    for (const [name, svg] of renderSvgs(records)) await writeWhole(join(options.svg, name), svg);
    console.error(`figures written to ${options.svg}`);
  }
  if (options.out !== undefined || !(options.md || options.csv || options.svg !== undefined)) {
    const file = options.out ?? join(path.endsWith('.json') ? dirname(path) : path, 'report.html');
    await writeWhole(file, renderHtml(records, { title, generatedAt: new Date().toISOString().slice(0, 10) }));
    console.error(`${records.length} runs; report written to ${file}`);
  }
  return exitCodes.ok;
}
