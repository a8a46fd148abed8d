import { describeScene } from '@engram/scene-kit/static';
import type { StillProps } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { schema } from './experiment.ts';
import { Curves, labelsOf, meansOf, tableOf } from './figure.tsx';
import type { Curve } from './figure.tsx';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import recorded from './recorded.json' with { type: 'json' };

const { springs, tasks } = schema.parse({});

const curves = (text: Text): readonly Curve[] =>
  (['open', 'gated'] as const).map((id, i) => ({
    id,
    label: labelsOf(text, springs)[id],
    means: meansOf(recorded[i]?.matrix ?? []),
  }));

/** The scene for a page without scripts: its figure comes from the recorded runs. */
export const description = describeScene<Text>({
  id: 'xdg',
  badge: 'live',
  text: { en, ko },
  still: {
    badge: 'recorded',
    Figure: ({ text, format }: StillProps<Text>) =>
      createElement(Curves, { id: 'xdg-still', curves: curves(text), tasks, springs, text, format }),
    table: ({ text, format }) => tableOf(curves(text), text, format),
  },
});
