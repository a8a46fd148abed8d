import { describeScene } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { pictures } from './experiment.ts';
import { Figure, tableOf } from './figure.tsx';
import type { Group } from './figure.tsx';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import { recordedOn } from './recorded.ts';

const groups = (text: Text): readonly Group[] =>
  pictures.map((kind) => ({ id: `still-${kind}`, title: text.kinds[kind], kept: recordedOn(kind) }));

/** The scene for a page without scripts: its figure comes from the recorded runs. */
export const description = describeScene<Text>({
  id: 'harder-pictures',
  badge: 'live',
  text: { en, ko },
  still: {
    badge: 'recorded',
    Figure: ({ text, format }) => createElement(Figure, { groups: groups(text), text, format }),
    table: ({ text, format }) => tableOf(groups(text), text, format),
  },
});
