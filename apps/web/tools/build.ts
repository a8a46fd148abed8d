// Builds the site into `out/`, a folder that any static host serves: fonts, training worker, custom element, pages, then what looks at
// the finished pages (content security policy, the list of files for reading offline).
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildElement, buildWorker } from './browser-bundles.ts';
import { collectFonts } from './fonts.ts';
import { writePolicies } from './policy.ts';
import { writeServiceWorker } from './service-worker.ts';

const project = join(import.meta.dirname, '..');
const out = join(project, 'out');
const next = createRequire(import.meta.url).resolve('next/dist/bin/next');

collectFonts();
const bundles = await buildWorker(join(project, 'public'));
await buildElement(join(project, 'public'), bundles);
execFileSync(process.execPath, [next, 'build'], {
  cwd: project,
  stdio: 'inherit',
  env: {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_PUBLIC_WORKER: bundles.worker,
    NEXT_PUBLIC_BASE_PATH: process.env['ENGRAM_BASE_PATH'] ?? '',
  },
});
cpSync(join(project, 'public', 'index.html'), join(out, 'index.html'));
const { pages } = writePolicies(out);
const { files, bytes } = writeServiceWorker(out);
console.log(
  `${pages} pages in apps/web/out; ${files} files (${(bytes / 1e6).toFixed(1)} MB) are kept for reading offline.`,
);
