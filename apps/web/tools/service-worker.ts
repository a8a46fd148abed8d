import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a reader never asks for: source maps, Next's prefetch data of pages that are there as HTML, the worker itself, what other pages embed. */
const left = /\.map$|\.txt$|^service-worker\.js$|^404|^_not-found|embed\/|^element\//;

/** Writes the service worker with the list of files that it keeps; its name for them follows from their content. */
export function writeServiceWorker(out: string): { readonly files: number; readonly bytes: number } {
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(out, file)).isFile() && !left.test(file))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(out, file)));
  const addresses = files.map((file) => `./${file.replace(/(^|\/)index\.html$/, '$1')}`);
  const template = readFileSync(join(import.meta.dirname, 'service-worker.template.js'), 'utf8');
  const filled = template
    .replace("'VERSION'", JSON.stringify(`engram-${hash.digest('hex').slice(0, 12)}`))
    .replace('[/* FILES */]', JSON.stringify(addresses));
  writeFileSync(join(out, 'service-worker.js'), filled);
  return { files: files.length, bytes: files.reduce((sum, file) => sum + statSync(join(out, file)).size, 0) };
}
