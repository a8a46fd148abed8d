import { Choice, Frame, useHost } from '@engram/scene-kit';
import type { SceneProps } from '@engram/scene-kit';
import type { ReactNode } from 'react';
import { QuestionList, tableOf } from './figure.tsx';
import type { Text } from './messages.en.ts';
import { questionsAbout, sides } from './questions.ts';
import type { State } from './questions.ts';

export function OpenQuestions({ state, change, text }: SceneProps<State, Text>): ReactNode {
  const { addressOf } = useHost();
  const ids = questionsAbout(state.about);
  return (
    <Frame
      controls={
        <Choice
          label={text.about}
          value={state.about}
          options={(['all', ...sides] as const).map((value) => ({ value, label: text.sides[value] }))}
          onChange={(about) => change({ about })}
        />
      }
      figure={<QuestionList ids={ids} text={text} addressOf={(scene) => addressOf(scene, {})} />}
      table={tableOf(ids, text)}
      summary={text.summary(ids.length)}
      metrics={[{ name: 'shown', label: text.shown, value: ids.length, unit: 'number' }]}
    />
  );
}
