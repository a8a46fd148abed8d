import type { Locale } from '@engram/scene-kit/static';
import { en } from './en.ts';
import type { Words } from './en.ts';
import { ko } from './ko.ts';

const all: Readonly<Record<Locale, Words>> = { en, ko };

export const wordsOf = (locale: Locale): Words => all[locale];
