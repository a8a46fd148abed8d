import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { wordsOf } from '../../../messages/index.ts';
import { SceneSlot } from '../../../scenes/scene-slot.tsx';
import { labText } from '../../../lab/words.ts';
import { localeOf } from '../../../site/locale.ts';
import type { LocaleParams } from '../../../site/locale.ts';
import { Page } from '../../../site/page.tsx';
import '../../../styles/lab.css';

interface Props {
  readonly params: Promise<LocaleParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: wordsOf(await localeOf(params)).lab };
}

/** Build an experiment of your own; it needs scripts, since it trains. */
export default async function Lab({ params }: Props): Promise<ReactNode> {
  const locale = await localeOf(params);
  const words = wordsOf(locale);
  return (
    <Page locale={locale} address="/lab/" width="wide">
      <h1>{words.lab}</h1>
      <SceneSlot
        name="lab"
        locale={locale}
        heading="h2"
        hide={['takeaway']}
        still={<p className="lead">{labText[locale].claim}</p>}
      />
    </Page>
  );
}
