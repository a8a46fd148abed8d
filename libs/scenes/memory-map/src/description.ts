import { describeScene } from '@engram/scene-kit/static';
import type { StillProps } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { Brain } from './brain.tsx';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import { ruleTable } from './table.ts';

/** The scene for a page without scripts: the map and its rules. */
export const description = describeScene<Text>({
  id: 'memory-map',
  badge: 'paper',
  text: { en, ko },
  still: {
    badge: 'paper',
    Figure: ({ text }: StillProps<Text>) => createElement(Brain, { text, lesion: null }),
    table: ({ text }) => ruleTable(text),
  },
});
