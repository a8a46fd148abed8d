import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { fidelity, references, shortReference } from '../../../content/tables.ts';
import { wordsOf } from '../../../messages/index.ts';
import { stillScenes } from '../../../scenes/still-scenes.tsx';
import { localeOf } from '../../../site/locale.ts';
import type { LocaleParams } from '../../../site/locale.ts';
import { Page } from '../../../site/page.tsx';
import { path } from '../../../site/path.ts';

interface Props {
  readonly params: Promise<LocaleParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: wordsOf(await localeOf(params)).fidelity };
}

/** What is often said, what the source says, what was measured here. */
export default async function Fidelity({ params }: Props): Promise<ReactNode> {
  const locale = await localeOf(params);
  const words = wordsOf(locale);
  return (
    <Page locale={locale} address="/fidelity/" width="wide">
      <h1>{words.fidelity}</h1>
      <p className="lead">{words.fidelityIntro}</p>
      <div className="fidelity" tabIndex={0} role="region" aria-label={words.fidelity}>
        <table>
          <thead>
            <tr>
              {words.fidelityColumns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fidelity.map(({ id, article, paper, sources, measured, scene, verdict }) => (
              <tr key={id} id={id}>
                <th scope="row">{article[locale]}</th>
                <td data-label={words.fidelityColumns[1]}>
                  <p>{paper[locale]}</p>
                  {references
                    .filter((reference) => sources.includes(reference.id))
                    .map((reference) => (
                      <a key={reference.id} href={path(`/${locale}/references/#${reference.id}`)}>
                        {shortReference(reference)}
                      </a>
                    ))}
                </td>
                <td data-label={words.fidelityColumns[2]}>
                  <p>{measured?.[locale]}</p>
                  {measured?.runs.map((run) => (
                    <code key={run}>{run}</code>
                  ))}
                  {stillScenes[scene] === undefined ? null : (
                    <a href={path(`/${locale}/embed/${scene}/`)}>{words.openScene}</a>
                  )}
                </td>
                <td data-label={words.fidelityColumns[3]}>{words.verdicts[verdict]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Page>
  );
}
