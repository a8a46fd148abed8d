import { describeScene } from '@engram/scene-kit/static';
import type { StillProps } from '@engram/scene-kit/static';
import { createElement } from 'react';
import { bytesKept, multiplyAdds } from './cost.ts';
import { brainOf, parts, schema } from './experiment.ts';
import { Board, tableOf } from './figure.tsx';
import type { Budget } from './figure.tsx';
import { withEntry } from './leaderboard.ts';
import type { Entry } from './leaderboard.ts';
import { en } from './messages.en.ts';
import type { Text } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import recorded from './recorded.json' with { type: 'json' };

const initial = schema.parse({});
const budget: Budget = { bytes: initial.memory * 1e5, multiplyAdds: initial.compute * 1e9 };

const board = recorded
  .map(({ spec, summary, weightsHash }): Entry => {
    const names = spec.strategies.map(({ name }) => name);
    const brain = brainOf(
      parts.filter((part) => names.includes(part)),
      initial,
    );
    return {
      parts: names,
      hidden: initial.hidden,
      accuracy: summary.averageAccuracy,
      multiplyAdds: multiplyAdds(brain),
      bytes: bytesKept(brain),
      weightsHash,
    };
  })
  .reduce<readonly Entry[]>(withEntry, []);

/** The scene for a page without scripts: its figure comes from the recorded runs. */
export const description = describeScene<Text>({
  id: 'build-a-brain',
  badge: 'live',
  text: { en, ko },
  still: {
    badge: 'recorded',
    Figure: ({ text, format }: StillProps<Text>) =>
      createElement(Board, { id: 'build-a-brain-still', board, budget, text, format }),
    table: ({ text, format }) => tableOf(board, budget, text, format),
  },
});
