import { description as attention } from '@engram/scene-attention/static';
import { description as brainInspiredReplay } from '@engram/scene-brain-inspired-replay/static';
import { description as buildABrain } from '@engram/scene-build-a-brain/static';
import { description as dreams } from '@engram/scene-dreams/static';
import { description as ewc } from '@engram/scene-ewc/static';
import { description as forgetting } from '@engram/scene-forgetting/static';
import { description as harderPictures } from '@engram/scene-harder-pictures/static';
import { description as hundredTasks } from '@engram/scene-hundred-tasks/static';
import { description as lesion } from '@engram/scene-lesion/static';
import { description as littleReplay } from '@engram/scene-little-replay/static';
import { description as memoryMap } from '@engram/scene-memory-map/static';
import { description as neuromodulation } from '@engram/scene-neuromodulation/static';
import { description as openQuestions } from '@engram/scene-open-questions/static';
import { description as recall } from '@engram/scene-recall/static';
import { description as sleep } from '@engram/scene-sleep/static';
import { description as xdg } from '@engram/scene-xdg/static';
import { StillScene } from '@engram/scene-kit/static';
import type { SceneDescription, SceneText, StillSceneProps } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';

type Still = (props: Omit<StillSceneProps<SceneText>, 'scene'>) => ReactNode;

const still = <Text extends SceneText>(scene: SceneDescription<Text>): Still =>
  function Still(props) {
    return <StillScene scene={scene} {...props} />;
  };

/** Every scene as it stands without scripts, by the name the essay calls it. */
export const stillScenes: Readonly<Record<string, Still>> = {
  attention: still(attention),
  'brain-inspired-replay': still(brainInspiredReplay),
  'build-a-brain': still(buildABrain),
  dreams: still(dreams),
  ewc: still(ewc),
  forgetting: still(forgetting),
  'harder-pictures': still(harderPictures),
  'hundred-tasks': still(hundredTasks),
  lesion: still(lesion),
  'little-replay': still(littleReplay),
  'memory-map': still(memoryMap),
  neuromodulation: still(neuromodulation),
  'open-questions': still(openQuestions),
  recall: still(recall),
  sleep: still(sleep),
  xdg: still(xdg),
};
