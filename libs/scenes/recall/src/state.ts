import { seed, stateOf } from '@engram/scene-kit/plain';

/** All that a link holds of this scene: which words come twice. Answers never leave the browser, not in a link either. */
export const schema = stateOf({ seed: seed(1) });

export type State = ReturnType<typeof schema.parse>;
