import { createContext, useContext } from 'react';
import type { WorkerLike } from './run/client.ts';
import type { Locale } from './description.ts';
import type { LinkedStates } from './state/link.ts';

/** Parts of a frame that a page around it may leave out; teachers choose them with `?hide=claim,share`. */
export const hideFlags = ['title', 'claim', 'prediction', 'controls', 'data', 'command', 'share', 'takeaway'] as const;
export type HideFlag = (typeof hideFlags)[number];

/** The rank of a scene's title among the headings around it. */
export type Heading = 'h1' | 'h2' | 'h3';

/** What a scene needs from whatever page it stands in: the essay, `/embed/…`, or a page of somebody else. */
export interface SceneHost {
  readonly locale: Locale;
  /** Makes the training worker; called when training is first asked for. */
  readonly createWorker: () => WorkerLike;
  /** The states in the page's link when it was opened. */
  readonly linked: LinkedStates;
  /** Puts a scene's state into the page's link, without a new entry in its history. */
  readonly keep: (scene: string, state: Readonly<Record<string, unknown>>) => void;
  /** The address at which a scene stands alone, with this state. */
  readonly addressOf: (scene: string, state: Readonly<Record<string, unknown>>) => string;
  readonly hide: ReadonlySet<HideFlag>;
  readonly heading: Heading;
}

const HostContext = createContext<SceneHost | null>(null);

export const HostProvider = HostContext.Provider;

export function useHost(): SceneHost {
  const host = useContext(HostContext);
  if (host === null) throw new Error('A scene stands inside a HostProvider; put one around it.');
  return host;
}
