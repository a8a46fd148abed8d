'use client';

import { HostProvider } from '@engram/scene-kit';
import type { HideFlag, Scene, SceneHost } from '@engram/scene-kit';
import type { Heading, Locale } from '@engram/scene-kit/static';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { liveScenes } from './live-scenes.ts';
import { siteHost } from './site-host.ts';

interface SceneSlotProps {
  readonly name: string;
  readonly locale: Locale;
  /** What stands here until the scene is there, and stays if it cannot be loaded. */
  readonly still: ReactNode;
  readonly hide?: readonly HideFlag[];
  readonly heading?: Heading;
}

/** The place of a scene: still at first, running once it comes near the screen. */
export function SceneSlot({ name, locale, still, hide, heading }: SceneSlotProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [live, setLive] = useState<{ readonly scene: Scene; readonly host: SceneHost } | null>(null);
  useEffect(() => {
    const load = liveScenes[name];
    if (place.current === null || load === undefined) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting !== true) return;
        observer.disconnect();
        load().then(
          ({ scene }) =>
            setLive({ scene, host: siteHost({ locale, ...(hide && { hide }), ...(heading && { heading }) }) }),
          () => place.current?.setAttribute('data-unavailable', ''),
        );
      },
      { rootMargin: '600px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [name, locale, hide, heading]);
  return (
    <div className="scene-slot" ref={place}>
      {live === null ? (
        still
      ) : (
        <HostProvider value={live.host}>
          <live.scene.Live />
        </HostProvider>
      )}
    </div>
  );
}
