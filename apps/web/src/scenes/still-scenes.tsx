import { description as recall } from '@engram/scene-recall/static';
import { description as memoryMap } from '@engram/scene-memory-map/static';
import { description as attention } from '@engram/scene-attention/static';
import { description as sleep } from '@engram/scene-sleep/static';
import { description as openQuestions } from '@engram/scene-open-questions/static';
import { description as buildABrain } from '@engram/scene-build-a-brain/static';
import { description as ewc } from '@engram/scene-ewc/static';
import { description as forgetting } from '@engram/scene-forgetting/static';
import { description as hundredTasks } from '@engram/scene-hundred-tasks/static';
import { description as lesion } from '@engram/scene-lesion/static';
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
  'build-a-brain': still(buildABrain),
  ewc: still(ewc),
  forgetting: still(forgetting),
  'hundred-tasks': still(hundredTasks),
  lesion: still(lesion),
  recall: still(recall),
  'memory-map': still(memoryMap),
  attention: still(attention),
  sleep: still(sleep),
  'open-questions': still(openQuestions),
  xdg: still(xdg),
};
