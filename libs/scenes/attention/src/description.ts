import { describeScene } from '@engram/scene-kit/static';
import type { StillProps } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { AttentionFigure, tableOf } from './figure.tsx';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import still from './still.json' with { type: 'json' };

/** The scene for a page without scripts: what the model gives for the initial settings. */
export const description = describeScene<Text>({
  id: 'attention',
  badge: 'model',
  text: { en, ko },
  still: {
    badge: 'model',
    Figure: ({ text, format }: StillProps<Text>) =>
      createElement(AttentionFigure, { findings: still, view: 'stream', text, format }),
    table: ({ text, format }) => tableOf(still, 'stream', text, format),
  },
});
