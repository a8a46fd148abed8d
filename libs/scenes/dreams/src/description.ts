import { describeScene } from '@engram/scene-kit/static';
import { createElement } from 'react';
import type { Dreamed } from './dreaming.ts';
import { pastOf } from './experiment.ts';
import { Dreams, PastBars, tableOf } from './figure.tsx';
import type { Past } from './figure.tsx';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import recorded from './recorded.json' with { type: 'json' };
import seen from './seen.json' with { type: 'json' };

const [, dreaming, plain] = recorded;
const past: Past = { withDreams: pastOf(dreaming?.matrix ?? []), without: pastOf(plain?.matrix ?? []) };
const dreams: readonly Dreamed[] = seen.dreams.map(({ pictures, ...row }) => ({
  ...row,
  pictures: Uint8Array.from(atob(pictures), (character) => character.charCodeAt(0)),
}));

/** The scene for a page without scripts: its figure comes from the recorded runs, and from a look at the network at their end. */
export const description = describeScene<Text>({
  id: 'dreams',
  badge: 'live',
  text: { en, ko },
  still: {
    badge: 'recorded',
    Figure: ({ text, format }) =>
      createElement(
        'div',
        { className: 'side-by-side' },
        createElement(Dreams, { id: 'dreams-still', dreams, chosen: 3, text, format }),
        createElement('div', null, [
          createElement('p', { key: 'title' }, text.pastTitle),
          createElement(PastBars, { key: 'bars', id: 'dreams-still-past', past, text, format }),
        ]),
      ),
    table: ({ text, format }) => tableOf(dreams, past, text, format),
  },
});
