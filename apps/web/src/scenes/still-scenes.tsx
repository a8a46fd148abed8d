import { description as ewc } from '@engram/scene-ewc/static';
import { description as forgetting } from '@engram/scene-forgetting/static';
import { description as lesion } from '@engram/scene-lesion/static';
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
  ewc: still(ewc),
  forgetting: still(forgetting),
  lesion: still(lesion),
};
