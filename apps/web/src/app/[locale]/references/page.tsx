import type { Metadata } from 'next';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReactNode } from 'react';
import { addressOf, references } from '../../../content/tables.ts';
import { wordsOf } from '../../../messages/index.ts';
import { localeOf } from '../../../site/locale.ts';
import type { LocaleParams } from '../../../site/locale.ts';
import { Page } from '../../../site/page.tsx';

interface Props {
  readonly params: Promise<LocaleParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: wordsOf(await localeOf(params)).references };
}

/** What CITATION.cff says, as BibTeX: the same title, authors and version. */
function bibtex(): string {
  const citation = readFileSync(join(process.cwd(), '..', '..', 'CITATION.cff'), 'utf8');
  const valueOf = (key: string): string =>
    new RegExp(`^\\s*(?:- )?${key}: ['"]?(.*?)['"]?$`, 'm').exec(citation)?.[1] ?? '';
  return [
    '@software{engram,',
    `  title   = {${valueOf('title')}},`,
    `  author  = {{${valueOf('name')}}},`,
    `  version = {${valueOf('version')}},`,
    `  license = {${valueOf('license')}}`,
    '}',
  ].join('\n');
}

export default async function References({ params }: Props): Promise<ReactNode> {
  const locale = await localeOf(params);
  const words = wordsOf(locale);
  return (
    <Page locale={locale} address="/references/">
      <h1>{words.references}</h1>
      <p className="lead">{words.referencesIntro}</p>
      <ol className="references">
        {references.map((reference) => {
          const address = addressOf(reference);
          return (
            <li key={reference.id} id={reference.id} lang="en">
              {reference.authors.join(', ')} ({reference.year}). {reference.title}. <cite>{reference.venue}</cite>.{' '}
              {address === undefined ? null : <a href={address}>{reference.doi ?? address}</a>}
            </li>
          );
        })}
      </ol>
      <h2>{words.citeTitle}</h2>
      <pre tabIndex={0}>
        <code>{bibtex()}</code>
      </pre>
    </Page>
  );
}
