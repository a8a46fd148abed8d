'use client';

import { hideFlags } from '@engram/scene-kit';
import type { HideFlag } from '@engram/scene-kit';
import type { Locale } from '@engram/scene-kit/static';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { SceneSlot } from './scene-slot.tsx';

interface EmbeddedSceneProps {
  readonly name: string;
  readonly locale: Locale;
  readonly still: ReactNode;
}

/** A scene that leaves out what the address says; flags it does not know are ignored. */
export function EmbeddedScene({ name, locale, still }: EmbeddedSceneProps): ReactNode {
  const [hide, setHide] = useState<readonly HideFlag[] | null>(null);
  useEffect(() => {
    const asked = new URLSearchParams(location.search).get('hide')?.split(',') ?? [];
    setHide(hideFlags.filter((flag) => asked.includes(flag)));
  }, []);
  return hide === null ? still : <SceneSlot name={name} locale={locale} still={still} hide={hide} heading="h2" />;
}
