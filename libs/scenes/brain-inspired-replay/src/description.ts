import { describeScene } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { stillKept } from './experiment.ts';
import { Bars, tableOf } from './figure.tsx';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import recorded from './recorded.json' with { type: 'json' };

const kept = stillKept(recorded);

/** The scene for a page without scripts: its figure comes from the recorded runs. */
export const description = describeScene<Text>({
  id: 'brain-inspired-replay',
  badge: 'live',
  text: { en, ko },
  still: {
    badge: 'recorded',
    Figure: ({ text, format }) =>
      createElement(
        'div',
        { className: 'side-by-side' },
        (['add', 'leave'] as const).map((view) =>
          createElement(Bars, { key: view, id: `still-${view}`, view, chosen: [], kept, text, format }),
        ),
      ),
    table: ({ text, format }) =>
      tableOf(
        [
          ['add', []],
          ['leave', []],
        ],
        kept,
        text,
        format,
      ),
  },
});
