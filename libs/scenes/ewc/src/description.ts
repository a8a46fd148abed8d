import { describeScene } from '@engram/scene-kit/static';
import type { StillProps } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { Matrices, tableOf } from './figure.tsx';
import type { Shown } from './figure.tsx';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import recorded from './recorded.json' with { type: 'json' };

const shown = (text: Text): readonly Shown[] =>
  [text.plain, text.springs].map((title, i) => ({ id: `still-${i}`, title, matrix: recorded[i]?.matrix ?? [] }));

/** The scene for a page without scripts: its figure comes from the recorded runs. */
export const description = describeScene<Text>({
  id: 'ewc',
  badge: 'live',
  text: { en, ko },
  still: {
    badge: 'recorded',
    Figure: ({ text }: StillProps<Text>) =>
      createElement('div', { className: 'side-by-side' }, createElement(Matrices, { shown: shown(text), text })),
    table: ({ text, format }) => tableOf(shown(text), text, format),
  },
});
