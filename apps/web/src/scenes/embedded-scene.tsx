'use client';

import type { Locale } from '@engram/scene-kit/static';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { SceneSlot } from './scene-slot.tsx';

interface EmbeddedSceneProps {
  readonly name: string;
  readonly locale: Locale;
  readonly still: ReactNode;
}

/** A scene that leaves out what the address says. */
export function EmbeddedScene({ name, locale, still }: EmbeddedSceneProps): ReactNode {
  const [hide, setHide] = useState<readonly string[] | null>(null);
  useEffect(() => {
    setHide(new URLSearchParams(location.search).get('hide')?.split(',') ?? []);
  }, []);
  return hide === null ? still : <SceneSlot name={name} locale={locale} still={still} hide={hide} heading="h2" />;
}
