import type { Locale } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import { wordsOf } from '../messages/index.ts';
import { LanguageLink } from './language-link.tsx';
import { path } from './path.ts';

interface PageProps {
  readonly locale: Locale;
  /** The page's address after the language, such as `/lab/`. */
  readonly address: string;
  readonly children: ReactNode;
  /** Reading pages are narrow, the laboratory is wide, the first page lays itself out. */
  readonly width?: 'reading' | 'wide' | 'own';
}

/** Header, main part and footer of every page but the embedded scenes. */
export function Page({ locale, address, children, width = 'reading' }: PageProps): ReactNode {
  const words = wordsOf(locale);
  const links = [
    ['/lab/', words.lab],
    ['/glossary/', words.glossary],
    ['/references/', words.references],
    ['/fidelity/', words.fidelity],
  ] as const;
  return (
    <>
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <header className="site-head">
        <a className="wordmark" href={path(`/${locale}/`)}>
          <Mark />
          {words.name}
        </a>
        <nav aria-label={words.menu}>
          {links.map(([to, label]) => (
            <a key={to} href={path(`/${locale}${to}`)} aria-current={to === address ? 'page' : undefined}>
              {label}
            </a>
          ))}
          <LanguageLink locale={locale} address={address} label={words.otherLanguage} />
        </nav>
      </header>
      <main id="main" className={`page-${width}`}>
        {children}
      </main>
      <footer className="site-foot">
        <p>{words.shortcuts}</p>
        <p>{words.privacy}</p>
        <p>
          {words.licence} <a href={path(`/${locale}/whole/`)}>{words.whole}</a>
        </p>
        <noscript>
          <p>{words.noScript}</p>
        </noscript>
      </footer>
    </>
  );
}

/** Two cells of an accuracy matrix, kept and lost: the sign of the site. */
const Mark = (): ReactNode => (
  <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    <rect width="20" height="20" rx="3" fill="#00224e" />
    <rect x="3" y="3" width="6.5" height="6.5" fill="#fee838" />
    <rect x="10.5" y="10.5" width="6.5" height="6.5" fill="#fee838" />
    <rect x="3" y="10.5" width="6.5" height="6.5" fill="#3b496c" />
  </svg>
);
