import { evaluate } from '@mdx-js/mdx';
import type { Locale } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import * as runtime from 'react/jsx-runtime';
import rehypeKatex from 'rehype-katex';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import type { Chapter } from '../content/chapters.ts';
import { componentsFor } from './components.tsx';
import { numberNotes } from './number-notes.ts';

interface EssayProps {
  readonly chapter: Chapter;
  readonly locale: Locale;
  /** Whether scenes run, or stand still as on paper. */
  readonly scenes: 'live' | 'still';
}

/** The text of a chapter, compiled while the site is built: formulas become HTML and MathML, scenes their still figures. */
export async function Essay({ chapter, locale, scenes }: EssayProps): Promise<ReactNode> {
  const { default: Content } = await evaluate(chapter.body, {
    ...runtime,
    remarkPlugins: [remarkGfm, remarkMath, numberNotes],
    rehypePlugins: [[rehypeKatex, { output: 'htmlAndMathml', strict: true }]],
  });
  return <Content components={componentsFor({ locale, chapter: chapter.slug, scenes })} />;
}
