import { describeScene } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { keptBy, stillJobs } from './experiment.ts';
import type { Amount, Ended, Scenario } from './experiment.ts';
import { Figure, tableOf } from './figure.tsx';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import recorded from './recorded.json' with { type: 'json' };

/** The records stand in the order of the jobs that they were made from. */
const ended: readonly Ended[] = stillJobs().map(({ id }, i) => {
  const [scenario, amount] = id.split('-') as [Scenario, Amount];
  return { scenario, amount, matrix: recorded[i]?.matrix ?? [] };
});

/** The scene for a page without scripts: its figure comes from the recorded runs. */
export const description = describeScene<Text>({
  id: 'little-replay',
  badge: 'live',
  text: { en, ko },
  still: {
    badge: 'recorded',
    Figure: ({ text, format }) => createElement(Figure, { id: 'still', kept: keptBy(ended), text, format }),
    table: ({ text, format }) => tableOf(keptBy(ended), text, format),
  },
});
