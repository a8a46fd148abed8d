'use client';

import type { Scene } from '@engram/scene-kit';
import type { Heading, Locale } from '@engram/scene-kit/static';
import { useEffect, useRef, useState } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { liveScenes } from './live-scenes.ts';
import type { MountedSceneProps } from './mounted-scene.tsx';

interface SceneSlotProps {
  readonly name: string;
  readonly locale: Locale;
  /** What stands here until the scene is there, and stays if it cannot be loaded. */
  readonly still: ReactNode;
  /** Parts to leave out; what is none is ignored. */
  readonly hide?: readonly string[];
  readonly heading?: Heading;
}

/**
 * The place of a scene: still at first, running once it comes near the screen. Only then are the scene and everything that
 * scenes share fetched, so that reading costs nothing.
 */
export function SceneSlot({ name, locale, still, hide = [], heading = 'h3' }: SceneSlotProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [live, setLive] = useState<{ readonly scene: Scene; readonly Mounted: ComponentType<MountedSceneProps> }>();
  useEffect(() => {
    const load = liveScenes[name];
    if (place.current === null || load === undefined) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting !== true) return;
        observer.disconnect();
        Promise.all([load(), import('./mounted-scene.tsx')]).then(
          ([{ scene }, mounted]) => setLive({ scene, Mounted: mounted.default }),
          () => place.current?.setAttribute('data-unavailable', ''),
        );
      },
      { rootMargin: '600px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [name]);
  return (
    <div className="scene-slot" ref={place}>
      {live === undefined ? still : <live.Mounted scene={live.scene} {...{ locale, hide, heading }} />}
    </div>
  );
}
