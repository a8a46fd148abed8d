import type { Scene } from '@engram/scene-kit';

/** How to fetch each running scene; a chunk of its own, loaded when the scene comes near the screen. */
export const liveScenes: Readonly<Record<string, () => Promise<{ readonly scene: Scene }>>> = {
  ewc: () => import('@engram/scene-ewc'),
  forgetting: () => import('@engram/scene-forgetting'),
  lesion: () => import('@engram/scene-lesion'),
  recall: () => import('@engram/scene-recall'),
  'memory-map': () => import('@engram/scene-memory-map'),
  attention: () => import('@engram/scene-attention'),
  sleep: () => import('@engram/scene-sleep'),
  'open-questions': () => import('@engram/scene-open-questions'),
};
