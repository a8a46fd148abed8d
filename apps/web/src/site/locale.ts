import { locales } from '@engram/scene-kit/static';
import type { Locale } from '@engram/scene-kit/static';

/** The part of an address that names the language. */
export interface LocaleParams {
  readonly locale: string;
}

export async function localeOf(params: Promise<LocaleParams>): Promise<Locale> {
  const { locale: asked } = await params;
  const found = locales.find((locale) => locale === asked);
  if (found === undefined) throw new Error(`There is no language "${asked}"; the site has ${locales.join(', ')}.`);
  return found;
}
