import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { glossary } from '../../../content/tables.ts';
import { wordsOf } from '../../../messages/index.ts';
import { localeOf } from '../../../site/locale.ts';
import type { LocaleParams } from '../../../site/locale.ts';
import { Page } from '../../../site/page.tsx';

interface Props {
  readonly params: Promise<LocaleParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: wordsOf(await localeOf(params)).glossary };
}

export default async function Glossary({ params }: Props): Promise<ReactNode> {
  const locale = await localeOf(params);
  const other = locale === 'en' ? 'ko' : 'en';
  const words = wordsOf(locale);
  const entries = glossary.toSorted((a, b) => a[locale].term.localeCompare(b[locale].term, locale));
  return (
    <Page locale={locale} address="/glossary/">
      <h1>{words.glossary}</h1>
      <p className="lead">{words.glossaryIntro}</p>
      <dl className="glossary">
        {entries.map((entry) => (
          <div key={entry.id} id={entry.id}>
            <dt>
              {entry[locale].term} <span lang={other}>{entry[other].term}</span>
            </dt>
            <dd>{entry[locale].text}</dd>
          </div>
        ))}
      </dl>
    </Page>
  );
}
