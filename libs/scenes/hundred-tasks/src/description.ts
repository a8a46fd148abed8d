import { describeScene } from '@engram/scene-kit/static';
import type { StillProps } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { methods } from './experiment.ts';
import { Curves, tableOf } from './figure.tsx';
import type { Curve } from './figure.tsx';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import recorded from './recorded.json' with { type: 'json' };

const curves: readonly Curve[] = methods.flatMap((method) => {
  const found = recorded.curves.find((curve) => curve.method === method);
  if (found === undefined) return [];
  return [{ method, points: found.mean.map((mean, k) => ({ mean, spread: found.spread[k] ?? 0 })) }];
});

/** The scene for a page without scripts: its figure comes from recorded runs of a hundred tasks. */
export const description = describeScene<Text>({
  id: 'hundred-tasks',
  badge: 'live',
  text: { en, ko },
  still: {
    badge: 'recorded',
    Figure: ({ text, format }: StillProps<Text>) =>
      createElement(Curves, { id: 'hundred-tasks-still', curves, tasks: recorded.tasks, guess: 0, text, format }),
    table: ({ text, format }) => tableOf(curves, text, format),
  },
});
