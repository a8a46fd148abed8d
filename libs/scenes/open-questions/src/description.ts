import { describeScene } from '@engram/scene-kit/static';
import type { StillProps } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { QuestionList, tableOf } from './figure.tsx';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import { questionIds } from './questions.ts';

/** The scene for a page without scripts: all questions. Their scenes stand on the same page. */
export const description = describeScene<Text>({
  id: 'open-questions',
  badge: 'paper',
  text: { en, ko },
  still: {
    badge: 'paper',
    Figure: ({ text }: StillProps<Text>) =>
      createElement(QuestionList, { ids: questionIds, text, addressOf: (scene: string) => `#scene-${scene}` }),
    table: ({ text }) => tableOf(questionIds, text),
  },
});
