import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '@engram/scene-kit/static';
import { contentFolder } from './folder.ts';

export interface Chapter {
  /** Position from 1. */
  readonly number: number;
  /** Its place in an address, the same in both languages. */
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  /** MDX without its front matter. */
  readonly body: string;
}

/** `01-trace.en.mdx` */
const fileName = /^(\d+)-([a-z0-9-]+)\.([a-z]{2})\.mdx$/;

/** All chapters of a language, in order. */
export function chaptersOf(locale: Locale): readonly Chapter[] {
  const folder = join(contentFolder, 'essay');
  return readdirSync(folder)
    .flatMap((file) => {
      const [, number, slug, language] = fileName.exec(file) ?? [];
      if (number === undefined || slug === undefined || language !== locale) return [];
      return [{ number: Number(number), slug, ...parse(readFileSync(join(folder, file), 'utf8'), file) }];
    })
    .sort((a, b) => a.number - b.number);
}

export function chapterCalled(locale: Locale, slug: string): Chapter {
  const found = chaptersOf(locale).find((chapter) => chapter.slug === slug);
  if (found === undefined)
    throw new Error(`There is no chapter ${slug} in ${locale}: content/essay/NN-${slug}.${locale}.mdx is missing.`);
  return found;
}

/** Front matter between two lines of `---`: one `key: value` per line. */
function parse(source: string, file: string): Pick<Chapter, 'title' | 'summary' | 'body'> {
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
  if (head === undefined || body === undefined)
    throw new Error(`${file} must begin with front matter between two lines of ---.`);
  const values = new Map(
    head.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const valueOf = (key: string): string => {
    const value = values.get(key);
    if (value === undefined) throw new Error(`The front matter of ${file} lacks "${key}".`);
    return value.replace(/^(['"])(.*)\1$/, '$2');
  };
  return { title: valueOf('title'), summary: valueOf('summary'), body };
}
