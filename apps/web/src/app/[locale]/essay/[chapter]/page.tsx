import { locales } from '@engram/scene-kit/static';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { chapterCalled, chaptersOf } from '../../../../content/chapters.ts';
import type { Chapter } from '../../../../content/chapters.ts';
import { Essay } from '../../../../essay/essay.tsx';
import { wordsOf } from '../../../../messages/index.ts';
import { DepthChoice } from '../../../../site/depth.tsx';
import { localeOf } from '../../../../site/locale.ts';
import type { LocaleParams } from '../../../../site/locale.ts';
import { Page } from '../../../../site/page.tsx';
import { path } from '../../../../site/path.ts';

interface Props {
  readonly params: Promise<LocaleParams & { readonly chapter: string }>;
}

export const dynamicParams = false;
export const generateStaticParams = () =>
  locales.flatMap((locale) => chaptersOf(locale).map(({ slug }) => ({ locale, chapter: slug })));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title, summary } = chapterCalled(await localeOf(params), (await params).chapter);
  return { title, description: summary };
}

export default async function ChapterPage({ params }: Props): Promise<ReactNode> {
  const locale = await localeOf(params);
  const words = wordsOf(locale);
  const all = chaptersOf(locale);
  const chapter = chapterCalled(locale, (await params).chapter);
  const at = all.findIndex(({ slug }) => slug === chapter.slug);
  const beside = (step: 1 | -1, label: string): ReactNode => {
    const other: Chapter | undefined = all[at + step];
    return other === undefined ? (
      <span />
    ) : (
      <a href={path(`/${locale}/essay/${other.slug}/`)} rel={step === 1 ? 'next' : 'prev'}>
        <small>{label}</small> {other.title}
      </a>
    );
  };
  return (
    <Page locale={locale} address={`/essay/${chapter.slug}/`}>
      <article className="essay">
        <header>
          <p className="kicker">{words.chapter(chapter.number)}</p>
          <h1>{chapter.title}</h1>
          <p className="lead">{chapter.summary}</p>
          <DepthChoice label={words.depth} plain={words.plain} deep={words.deep} />
        </header>
        <Essay chapter={chapter} locale={locale} scenes="live" />
      </article>
      <nav className="beside" aria-label={words.contents}>
        {beside(-1, words.previous)}
        {beside(1, words.next)}
      </nav>
    </Page>
  );
}
