import { description } from '@engram/scene-forgetting/static';
import { formatFor } from '@engram/scene-kit/static';
import type { Locale } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';

/** The first figure of the site before scripts run: recorded forgetting. */
export function HeroStill({ locale }: { readonly locale: Locale }): ReactNode {
  const text = description.text[locale];
  return (
    <figure className="scene-figure">
      <description.still.Figure text={text} locale={locale} format={formatFor(locale)} />
      <figcaption>{text.stillSource}</figcaption>
    </figure>
  );
}
