import { decodeLink, encodeLink, HostProvider } from '@engram/scene-kit';
import type { Scene, SceneHost } from '@engram/scene-kit';
import { locales } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

/** The smallest page that hosts a scene: `?scene=lesion&lang=ko&s=…`. */
const scenes: Readonly<Record<string, () => Promise<{ readonly scene: Scene }>>> = {
  recall: () => import('@engram/scene-recall'),
  lesion: () => import('@engram/scene-lesion'),
  'memory-map': () => import('@engram/scene-memory-map'),
  attention: () => import('@engram/scene-attention'),
  sleep: () => import('@engram/scene-sleep'),
  'open-questions': () => import('@engram/scene-open-questions'),
};

const asked = new URLSearchParams(location.search);
const locale = locales.find((each) => each === asked.get('lang')) ?? 'en';
const host: SceneHost = {
  locale,
  createWorker: () => {
    throw new Error('These scenes need no worker.');
  },
  linked: decodeLink(asked.get('s')),
  keep: (scene, state) => {
    const url = new URL(location.href);
    url.searchParams.set('s', encodeLink({ [scene]: state }));
    history.replaceState(null, '', url);
  },
  addressOf: (scene, state) => `${location.origin}/?scene=${scene}&s=${encodeLink({ [scene]: state })}`,
  hide: new Set(),
  heading: 'h1',
};

const place = document.querySelector('main');
const load = scenes[asked.get('scene') ?? ''];
if (place && load) {
  const { scene } = await load();
  document.documentElement.lang = locale;
  createRoot(place).render(createElement(HostProvider, { value: host }, createElement(scene.Live)));
}
