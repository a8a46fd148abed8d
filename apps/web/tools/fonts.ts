import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const project = join(import.meta.dirname, '..');
const folder = join(project, 'src', 'generated');

/** Style sheets of the font packages, and KaTeX's own, which comes with its fonts. */
const sheets = [
  '@fontsource-variable/newsreader/wght.css',
  '@fontsource-variable/newsreader/wght-italic.css',
  '@fontsource-variable/instrument-sans/wght.css',
  '@fontsource/gowun-batang/400.css',
  '@fontsource/gowun-batang/700.css',
  'katex/dist/katex.min.css',
];

/**
 * Writes `src/generated/fonts.css` and the font files that it needs: WOFF2 alone, and of the packages' many slices only
 * those that hold a character which occurs in the site's text.
 */
export function collectFonts(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'files'), { recursive: true });
  const used = usedCharacters();
  const css = sheets.map((sheet) => {
    const path = require.resolve(sheet);
    return readFileSync(path, 'utf8').replace(/@font-face\s*{[^}]*}/g, (face) => {
      const range = /unicode-range:\s*([^;}]+)/.exec(face)?.[1];
      if (range !== undefined && !holdsAny(range, used)) return '';
      const url = /url\(([^)]+\.woff2)\)/.exec(face)?.[1];
      if (url === undefined) return '';
      const name = url.split('/').at(-1) ?? url;
      cpSync(join(dirname(path), url), join(folder, 'files', name));
      const swap = face.includes('font-display') ? face : face.replace('{', '{font-display:swap;');
      return swap.replace(/src:[^;}]+/, `src:url(./files/${name}) format("woff2")`);
    });
  });
  writeFileSync(join(folder, 'fonts.css'), css.join('\n'));
}

/** Every character in the essay, the tables and the messages of site and scenes. */
function usedCharacters(): ReadonlySet<number> {
  const root = join(project, '..', '..');
  const folders = [join(project, 'content'), join(project, 'src', 'messages'), join(root, 'libs', 'scenes')];
  const text = folders
    .flatMap((from) => readdirSync(from, { recursive: true, encoding: 'utf8' }).map((name) => join(from, name)))
    .filter((file) => !file.includes('node_modules') && /\.(mdx|json|ts|tsx)$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
  return new Set(Array.from(text, (character) => character.codePointAt(0) ?? 0));
}

/** Whether a CSS unicode-range such as `U+ac00-ac10,U+b098` holds one of the characters. */
function holdsAny(range: string, used: ReadonlySet<number>): boolean {
  return range.split(',').some((part) => {
    const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-');
    const [first, last] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
    for (const code of used) if (code >= first && code <= last) return true;
    return false;
  });
}
