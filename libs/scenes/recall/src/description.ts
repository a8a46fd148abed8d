import { describeScene } from '@engram/scene-kit/static';
import type { StillProps } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { PaperFigure, paperTable } from './figure.tsx';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';

/** The scene for a page without scripts: the forgetting curve that started it all. */
export const description = describeScene<Text>({
  id: 'recall',
  badge: 'yours',
  text: { en, ko },
  still: {
    badge: 'paper',
    Figure: ({ text, format }: StillProps<Text>) => createElement(PaperFigure, { text, format }),
    table: ({ text, format }) => paperTable({ text, format }),
  },
});
