import type { ReactNode } from 'react';
import { chaptersOf } from '../../content/chapters.ts';
import { wordsOf } from '../../messages/index.ts';
import { SceneSlot } from '../../scenes/scene-slot.tsx';
import { HeroStill } from '../../site/hero-still.tsx';
import { localeOf } from '../../site/locale.ts';
import type { LocaleParams } from '../../site/locale.ts';
import { Page } from '../../site/page.tsx';
import { path } from '../../site/path.ts';

export default async function Home({ params }: { readonly params: Promise<LocaleParams> }): Promise<ReactNode> {
  const locale = await localeOf(params);
  const words = wordsOf(locale);
  const chapters = chaptersOf(locale);
  return (
    <Page locale={locale} address="/" width="own">
      <div className="hero">
        <div className="hero-words">
          <h1>
            {words.heroTitle.split('\n').map((line) => (
              <span key={line}>{line}</span>
            ))}
          </h1>
          <p>{words.heroText}</p>
          <a className="button" href={path(`/${locale}/essay/${chapters[0]?.slug ?? ''}/`)}>
            {words.heroLink}
          </a>
        </div>
        <div className="hero-scene">
          <SceneSlot
            name="forgetting"
            locale={locale}
            still={<HeroStill locale={locale} />}
            heading="h2"
            hide={['title', 'claim', 'prediction', 'controls', 'data', 'command', 'share', 'takeaway']}
          />
        </div>
      </div>
      <section className="contents" aria-labelledby="contents">
        <h2 id="contents">{words.contents}</h2>
        <ol>
          {chapters.map(({ slug, title, summary }) => (
            <li key={slug}>
              <a href={path(`/${locale}/essay/${slug}/`)}>{title}</a>
              <p>{summary}</p>
            </li>
          ))}
        </ol>
      </section>
      <section className="teach" aria-labelledby="teach">
        <h2 id="teach">{words.teachTitle}</h2>
        <p>{words.teachText}</p>
        <pre tabIndex={0}>
          <code>{`<script type="module" src="…/engram-scene.js"></script>\n<engram-scene name="forgetting" lang="${locale}"></engram-scene>`}</code>
        </pre>
        <a className="button" href={path(`/${locale}/lab/`)}>
          {words.openLab}
        </a>
      </section>
    </Page>
  );
}
