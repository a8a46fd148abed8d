import { locales } from '@engram/scene-kit/static';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { wordsOf } from '../../../../messages/index.ts';
import { EmbeddedScene } from '../../../../scenes/embedded-scene.tsx';
import { stillScenes } from '../../../../scenes/still-scenes.tsx';
import { localeOf } from '../../../../site/locale.ts';
import type { LocaleParams } from '../../../../site/locale.ts';
import { path } from '../../../../site/path.ts';

interface Props {
  readonly params: Promise<LocaleParams & { readonly scene: string }>;
}

export const dynamicParams = false;
export const generateStaticParams = () =>
  locales.flatMap((locale) => Object.keys(stillScenes).map((scene) => ({ locale, scene })));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${wordsOf(await localeOf(params)).embedTitle} (${(await params).scene})` };
}

/** One scene alone, for a frame in another page; `?hide=claim,share` leaves parts out. */
export default async function Embed({ params }: Props): Promise<ReactNode> {
  const locale = await localeOf(params);
  const { scene } = await params;
  const Still = stillScenes[scene];
  const words = wordsOf(locale);
  return (
    <main id="main" className="embed">
      <h1 className="visually-hidden">{words.embedTitle}</h1>
      {Still === undefined ? null : (
        <EmbeddedScene name={scene} locale={locale} still={<Still locale={locale} heading="h2" />} />
      )}
      <p>
        <a href={path(`/${locale}/`)} target="_top">
          {words.embedMore}
        </a>
      </p>
    </main>
  );
}
