import { decodeLink, encodeLink, hideFlags } from '@engram/scene-kit';
import type { SceneHost, WorkerLike } from '@engram/scene-kit';
import type { Heading, Locale } from '@engram/scene-kit/static';
import { path } from '../site/path.ts';

export interface HostOptions {
  readonly locale: Locale;
  /** Parts to leave out; what is none is ignored. */
  readonly hide: readonly string[];
  readonly heading: Heading;
}

/** The site as the host of its scenes: states live in `?s=` of the page's address. */
export const siteHost = ({ locale, hide, heading }: HostOptions): SceneHost => ({
  locale,
  hide: new Set(hideFlags.filter((flag) => hide.includes(flag))),
  heading,
  linked: decodeLink(new URLSearchParams(location.search).get('s')),
  createWorker: (): WorkerLike => new Worker(path(process.env['NEXT_PUBLIC_WORKER'] ?? ''), { type: 'module' }),
  keep: (scene, state) => {
    const url = new URL(location.href);
    const { [scene]: _, ...others } = decodeLink(url.searchParams.get('s'));
    const states = Object.keys(state).length === 0 ? others : { ...others, [scene]: state };
    if (Object.keys(states).length === 0) url.searchParams.delete('s');
    else url.searchParams.set('s', encodeLink(states));
    history.replaceState(history.state, '', url);
  },
  addressOf: (scene, state) => {
    const url = new URL(path(`/${locale}/embed/${scene}/`), location.href);
    if (Object.keys(state).length > 0) url.searchParams.set('s', encodeLink({ [scene]: state }));
    return url.href;
  },
});
