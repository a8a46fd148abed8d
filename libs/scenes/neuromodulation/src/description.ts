import { describeScene } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { protocols } from './experiment.ts';
import { Figure, tableOf } from './figure.tsx';
import type { Matrices } from './figure.tsx';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import recorded from './recorded.json' with { type: 'json' };

const matrices: Matrices = Object.fromEntries(protocols.map((protocol, i) => [protocol, recorded[i]?.matrix ?? []]));

/** The scene for a page without scripts: its figure comes from the recorded runs. */
export const description = describeScene<Text>({
  id: 'neuromodulation',
  badge: 'live',
  text: { en, ko },
  still: {
    badge: 'recorded',
    Figure: ({ text, format }) => createElement(Figure, { id: 'still', matrices, text, format }),
    table: ({ text, format }) => tableOf(matrices, text, format),
  },
});
