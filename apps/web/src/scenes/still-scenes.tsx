import { description as forgetting } from '@engram/scene-forgetting/static';
import { description as lesion } from '@engram/scene-lesion/static';
import { StillScene } from '@engram/scene-kit/static';
import type { HideFlag, Locale, SceneDescription, SceneText } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';

type Still = (props: { readonly locale: Locale; readonly hide?: readonly HideFlag[] }) => ReactNode;

const still = <Text extends SceneText>(scene: SceneDescription<Text>): Still =>
  function Still(props) {
    return <StillScene scene={scene} {...props} />;
  };

/** Every scene as it stands without scripts, by the name the essay calls it. */
export const stillScenes: Readonly<Record<string, Still>> = {
  forgetting: still(forgetting),
  lesion: still(lesion),
};
