import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const gzipped = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;

/** Bytes of JavaScript, gzipped, that a page of the built site asks for before anything is scrolled or pressed. */
export function scriptBytes(out: string, page: string): number {
  const html = readFileSync(join(out, page), 'utf8');
  const sources = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)].flatMap(([tag, source = '']) =>
    // for browsers too old for modules, which load nothing else
    tag.includes('noModule') ? [] : [source],
  );
  return [...new Set(sources)].reduce((sum, source) => sum + gzipped(join(out, source)), 0);
}

/** Bytes of one file of the built site, gzipped. */
export const fileBytes = (out: string, file: string): number => gzipped(join(out, file));
