import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Inline scripts are the flight data of Next; another one on each page. */
const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/**
 * Gives every page a content security policy that allows its own inline scripts by hash and nothing from elsewhere.
 * KaTeX sets sizes with style attributes, hence 'unsafe-inline' for styles; WebAssembly needs its own permission.
 */
export function policyFor(html: string): string {
  const hashes = [...html.matchAll(inlineScript)].map(
    ([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${[...new Set(hashes)].join(' ')}`.trimEnd(),
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

export function writePolicies(out: string): { readonly pages: number } {
  const pages = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
  for (const page of pages) {
    const file = join(out, page);
    const html = readFileSync(file, 'utf8');
    const meta = `<meta http-equiv="Content-Security-Policy" content="${policyFor(html)}"/>`;
    writeFileSync(file, html.replace(/<head>/, `<head>${meta}`));
  }
  return { pages: pages.length };
}
