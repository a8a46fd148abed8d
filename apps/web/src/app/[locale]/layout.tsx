import '../../generated/fonts.css';
import '@engram/scene-kit/styles.css';
import '../../styles/site.css';
import { locales } from '@engram/scene-kit/static';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { wordsOf } from '../../messages/index.ts';
import { Meanings } from '../../site/meanings.tsx';
import { Offline } from '../../site/offline.tsx';
import { localeOf } from '../../site/locale.ts';
import type { LocaleParams } from '../../site/locale.ts';
import { path } from '../../site/path.ts';

export const dynamicParams = false;
export const generateStaticParams = () => locales.map((locale) => ({ locale }));

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f4ec' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1424' },
  ],
};

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  const words = wordsOf(await localeOf(params));
  return {
    title: { default: `${words.name}: ${words.tagline}`, template: `%s · ${words.name}` },
    description: words.description,
    icons: { icon: path('/icon.svg') },
    manifest: path('/manifest.webmanifest'),
  };
}

interface LayoutProps {
  readonly params: Promise<LocaleParams>;
  readonly children: ReactNode;
}

export default async function Layout({ params, children }: LayoutProps): Promise<ReactNode> {
  const locale = await localeOf(params);
  return (
    <html lang={locale}>
      <body>
        {children}
        <Meanings />
        <Offline />
      </body>
    </html>
  );
}
