import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { chaptersOf } from '../../../content/chapters.ts';
import { Essay } from '../../../essay/essay.tsx';
import { wordsOf } from '../../../messages/index.ts';
import { localeOf } from '../../../site/locale.ts';
import type { LocaleParams } from '../../../site/locale.ts';
import { Page } from '../../../site/page.tsx';

interface Props {
  readonly params: Promise<LocaleParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: wordsOf(await localeOf(params)).whole };
}

/** The whole essay with still figures: to print, to save as PDF, to read in one go. */
export default async function Whole({ params }: Props): Promise<ReactNode> {
  const locale = await localeOf(params);
  const words = wordsOf(locale);
  return (
    <Page locale={locale} address="/whole/">
      <h1>{words.tagline}</h1>
      {chaptersOf(locale).map((chapter) => (
        <article className="essay" key={chapter.slug}>
          <header>
            <p className="kicker">{words.chapter(chapter.number)}</p>
            <h2 className="chapter-title">{chapter.title}</h2>
            <p className="lead">{chapter.summary}</p>
          </header>
          <Essay chapter={chapter} locale={locale} scenes="still" />
        </article>
      ))}
    </Page>
  );
}
