import type { Scene } from '@engram/scene-kit';

/** How to fetch each running scene; a chunk of its own, loaded when the scene comes near the screen. */
export const liveScenes: Readonly<Record<string, () => Promise<{ readonly scene: Scene }>>> = {
  // not a scene of the essay: the laboratory's own page
  attention: () => import('@engram/scene-attention'),
  'brain-inspired-replay': () => import('@engram/scene-brain-inspired-replay'),
  'build-a-brain': () => import('@engram/scene-build-a-brain'),
  dreams: () => import('@engram/scene-dreams'),
  ewc: () => import('@engram/scene-ewc'),
  forgetting: () => import('@engram/scene-forgetting'),
  'harder-pictures': () => import('@engram/scene-harder-pictures'),
  'hundred-tasks': () => import('@engram/scene-hundred-tasks'),
  lab: () => import('../lab/lab.tsx'),
  lesion: () => import('@engram/scene-lesion'),
  'little-replay': () => import('@engram/scene-little-replay'),
  'memory-map': () => import('@engram/scene-memory-map'),
  neuromodulation: () => import('@engram/scene-neuromodulation'),
  'open-questions': () => import('@engram/scene-open-questions'),
  recall: () => import('@engram/scene-recall'),
  sleep: () => import('@engram/scene-sleep'),
  xdg: () => import('@engram/scene-xdg'),
};
