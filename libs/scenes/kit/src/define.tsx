import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { formatFor } from './description.ts';
import type { Format, Locale, SceneDescription, SceneText } from './description.ts';
import { useHost } from './host.ts';
import { difference } from './state/link.ts';

/** A schema whose every field has a default, such as `stateOf({…})` makes. */
export interface StateSchema<State> {
  parse(value: unknown): State;
}

export interface SceneProps<State, Text> {
  readonly state: State;
  /** Changes some members; the link of the page follows. */
  readonly change: (patch: Partial<State>) => void;
  readonly text: Text;
  readonly locale: Locale;
  readonly format: Format;
}

export interface SceneDefinition<
  State extends Readonly<Record<string, unknown>>,
  Text extends SceneText,
> extends SceneDescription<Text> {
  readonly state: StateSchema<State>;
  /** Draws the scene inside one `Frame`. */
  readonly Component: ComponentType<SceneProps<State, Text>>;
}

/** A scene as a page mounts it: inside a HostProvider, nothing else to pass. */
export interface Scene {
  readonly id: string;
  readonly Live: ComponentType;
}

interface Current {
  readonly scene: SceneDescription<SceneText>;
  readonly text: SceneText;
  readonly format: Format;
  readonly state: Readonly<Record<string, unknown>>;
}

const CurrentScene = createContext<Current | null>(null);

/** The scene around a part of a frame. */
export function useScene(): Current {
  const current = useContext(CurrentScene);
  if (current === null) throw new Error('A Frame stands inside a scene made by defineScene.');
  return current;
}

/** Makes a scene: state from the link, words in the reader's language, and the component between them. */
export function defineScene<State extends Readonly<Record<string, unknown>>, Text extends SceneText>(
  definition: SceneDefinition<State, Text>,
): Scene {
  const { id, state: schema, Component } = definition;
  const initial = schema.parse({});
  // the frame reads the words that every scene has; those are a part of Text
  const described = definition as unknown as SceneDescription<SceneText>;
  function Live(): ReactNode {
    const host = useHost();
    const [state, setState] = useState(() => schema.parse(host.linked[id] ?? {}));
    const text = definition.text[host.locale];
    const format = useMemo(() => formatFor(host.locale), [host.locale]);
    const { keep } = host;
    const change = useCallback(
      (patch: Partial<State>) =>
        setState((old) => {
          const next = schema.parse({ ...old, ...patch });
          queueMicrotask(() => keep(id, difference(next, initial)));
          return next;
        }),
      [keep],
    );
    const current = useMemo(
      () => ({ scene: described, text, format, state: difference(state, initial) }),
      [text, format, state],
    );
    return (
      <CurrentScene.Provider value={current}>
        <Component state={state} change={change} text={text} locale={host.locale} format={format} />
      </CurrentScene.Provider>
    );
  }
  return { id, Live };
}
