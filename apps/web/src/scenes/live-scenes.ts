import type { Scene } from '@engram/scene-kit';

/** How to fetch each running scene; a chunk of its own, loaded when the scene comes near the screen. */
export const liveScenes: Readonly<Record<string, () => Promise<{ readonly scene: Scene }>>> = {
  'build-a-brain': () => import('@engram/scene-build-a-brain'),
  ewc: () => import('@engram/scene-ewc'),
  forgetting: () => import('@engram/scene-forgetting'),
  'hundred-tasks': () => import('@engram/scene-hundred-tasks'),
  lesion: () => import('@engram/scene-lesion'),
  recall: () => import('@engram/scene-recall'),
  'memory-map': () => import('@engram/scene-memory-map'),
  attention: () => import('@engram/scene-attention'),
  sleep: () => import('@engram/scene-sleep'),
  'open-questions': () => import('@engram/scene-open-questions'),
  xdg: () => import('@engram/scene-xdg'),
  // not a scene of the essay: the laboratory's own page
  lab: () => import('../lab/lab.tsx'),
};
