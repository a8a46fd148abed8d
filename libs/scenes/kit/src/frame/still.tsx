import type { ReactNode } from 'react';
import { formatFor } from '../description.ts';
import type { Locale, SceneDescription, SceneText } from '../description.ts';
import type { Heading, HideFlag } from '../host.ts';
import { ScrollingTable, SceneShell } from './shell.tsx';
import { frameWords } from './words.ts';

export interface StillSceneProps<Text extends SceneText> {
  readonly scene: SceneDescription<Text>;
  readonly locale: Locale;
  readonly hide?: readonly HideFlag[];
  readonly heading?: Heading;
}

/** A scene that does not run: rendered when the site is built, read without scripts, printed. */
export function StillScene<Text extends SceneText>({
  scene,
  locale,
  hide = [],
  heading = 'h3',
}: StillSceneProps<Text>): ReactNode {
  const text = scene.text[locale];
  const props = { text, locale, format: formatFor(locale) };
  return (
    <SceneShell
      id={scene.id}
      locale={locale}
      text={text}
      badge={scene.still.badge}
      source={text.stillSource}
      phase="idle"
      hide={new Set(hide)}
      heading={heading}
      figure={<scene.still.Figure {...props} />}
      after={
        <details className="scene-data">
          <summary>{frameWords[locale].data}</summary>
          <ScrollingTable {...scene.still.table(props)} />
        </details>
      }
    />
  );
}
