import { HostProvider } from '@engram/scene-kit';
import type { Scene } from '@engram/scene-kit';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { siteHost } from './site-host.ts';
import type { HostOptions } from './site-host.ts';

export interface MountedSceneProps extends HostOptions {
  readonly scene: Scene;
}

/** A running scene in a page of the site. */
export default function MountedScene({ scene: { Live }, ...options }: MountedSceneProps): ReactNode {
  const [host] = useState(() => siteHost(options));
  return (
    <HostProvider value={host}>
      <Live />
    </HostProvider>
  );
}
