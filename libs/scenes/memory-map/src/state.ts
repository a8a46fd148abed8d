import { flag, oneOf, someOf, stateOf } from '@engram/scene-kit/plain';
import { exampleIds, structures, systems } from './rules.ts';
import type { ExampleId, Placement, System } from './rules.ts';

/** What the reader can set; all of it stands in the link. An example is in one system or in none. */
export const schema = stateOf({
  working: someOf(exampleIds, []),
  declarative: someOf(exampleIds, []),
  nonDeclarative: someOf(exampleIds, []),
  checked: flag(false),
  lesion: oneOf(['none', ...structures], 'none'),
  expected: someOf(exampleIds, []),
  revealed: flag(false),
});

export type State = ReturnType<typeof schema.parse>;

export const placementOf = (state: State): Placement =>
  Object.fromEntries(systems.flatMap((system) => state[system].map((id) => [id, system])));

/** The state with one example in a system, and no longer in another. */
export const place = (state: State, id: ExampleId, system: System): Partial<State> =>
  Object.fromEntries(
    systems.map((each) => [each, each === system ? [...state[each], id] : state[each].filter((other) => other !== id)]),
  );
