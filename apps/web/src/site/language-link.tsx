'use client';

import type { Locale } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import { path } from './path.ts';

interface LanguageLinkProps {
  readonly locale: Locale;
  readonly address: string;
  readonly label: string;
}

/** The same page in the other language. Where scripts run, settings of its scenes and the place on the page come along. */
export function LanguageLink({ locale, address, label }: LanguageLinkProps): ReactNode {
  const other = locale === 'en' ? 'ko' : 'en';
  return (
    <a
      className="language"
      href={path(`/${other}${address}`)}
      lang={other}
      hrefLang={other}
      onClick={({ currentTarget }) => {
        currentTarget.search = location.search;
        currentTarget.hash = location.hash;
      }}
    >
      {label}
    </a>
  );
}
